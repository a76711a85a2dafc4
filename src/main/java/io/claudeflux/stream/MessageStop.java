package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * The last event: the message is complete, and the stream completes behind it.
 *
 * @param extra the fields this version does not know, as one JSON object
 */
public record MessageStop(Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "message_stop";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public MessageStop {
        Objects.requireNonNull(extra, "extra");
    }

    /** An event without unknown fields. */
    public MessageStop() {
        this(Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
