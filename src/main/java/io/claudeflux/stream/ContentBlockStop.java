package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * A block is finished.
 *
 * @param index the block's place in the message, from 0
 * @param extra the fields this version does not know, as one JSON object
 */
public record ContentBlockStop(int index, Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "content_block_stop";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ContentBlockStop {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An event without unknown fields.
     *
     * @param index the block's place in the message, from 0
     */
    public ContentBlockStop(int index) {
        this(index, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
