package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * More thinking.
 *
 * @param thinking what is appended to the thinking block
 * @param extra the fields this version does not know, as one JSON object
 */
public record ThinkingDelta(String thinking, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "thinking_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public ThinkingDelta {
        Objects.requireNonNull(thinking, "thinking");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A delta without unknown fields.
     *
     * @param thinking what is appended to the thinking block
     */
    public ThinkingDelta(String thinking) {
        this(thinking, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
