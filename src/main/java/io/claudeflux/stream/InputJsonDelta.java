package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * More of a tool's input. A piece of JSON text, not JSON in itself: it can be cut inside a word or an escape.
 *
 * @param partialJson what is appended to the raw input
 * @param extra the fields this version does not know, as one JSON object
 */
public record InputJsonDelta(String partialJson, Json extra) implements Delta {
    /** The name on the wire. */
    public static final String TYPE = "input_json_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public InputJsonDelta {
        Objects.requireNonNull(partialJson, "partialJson");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A delta without unknown fields.
     *
     * @param partialJson what is appended to the raw input
     */
    public InputJsonDelta(String partialJson) {
        this(partialJson, Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
