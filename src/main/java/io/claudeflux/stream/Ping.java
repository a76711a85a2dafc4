package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * The server is alive and has nothing to say. May come anywhere.
 *
 * @param extra the fields this version does not know, as one JSON object
 */
public record Ping(Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "ping";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public Ping {
        Objects.requireNonNull(extra, "extra");
    }

    /** An event without unknown fields. */
    public Ping() {
        this(Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
