package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server why the prompt cache was missed.
 *
 * @param previousMessageId the message whose cache entry should have been hit; null on the first turn, which opts in
 * @param extra the fields this version does not know, as one JSON object
 */
public record Diagnostics(@Nullable String previousMessageId, Json extra) {
    /**
     * Takes any id.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public Diagnostics {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Asks without unknown fields.
     *
     * @param previousMessageId the message whose cache entry should have been hit; null on the first turn
     */
    public Diagnostics(@Nullable String previousMessageId) {
        this(previousMessageId, Json.emptyObject());
    }
}
