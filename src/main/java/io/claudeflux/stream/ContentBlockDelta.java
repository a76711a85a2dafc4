package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * A block grows.
 *
 * @param index the block's place in the message, from 0
 * @param delta what is added
 * @param extra the fields this version does not know, as one JSON object
 */
public record ContentBlockDelta(int index, Delta delta, Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "content_block_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ContentBlockDelta {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An event without unknown fields.
     *
     * @param index the block's place in the message, from 0
     * @param delta what is added
     */
    public ContentBlockDelta(int index, Delta delta) {
        this(index, delta, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
