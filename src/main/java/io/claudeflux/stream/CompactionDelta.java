package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code compaction} block (beta).
 *
 * @param content the summary, which replaces the block's content; null when the compaction failed
 * @param encryptedContent its encrypted form; null when the server did not send it
 * @param extra the fields this version does not know, as one JSON object
 */
public record CompactionDelta(
        @Nullable String content, @Nullable String encryptedContent, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "compaction_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public CompactionDelta {
        Objects.requireNonNull(extra, "extra");
    }

    @Override
    public String type() {
        return TYPE;
    }
}
