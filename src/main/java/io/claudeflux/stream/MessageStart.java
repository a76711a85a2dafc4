package io.claudeflux.stream;

import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.ResponseMetadata;
import java.util.Objects;

/**
 * The first event: an empty message with its id, its model and the input it counted.
 *
 * @param message the message without content
 * @param response the head of the response: request id, rate limits; not part of the event on the wire
 * @param extra the fields this version does not know, as one JSON object
 */
public record MessageStart(Message message, ResponseMetadata response, Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "message_start";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument that is not nullable is null
     */
    public MessageStart {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An event made by hand, without a response.
     *
     * @param message the message without content
     */
    public MessageStart(Message message) {
        this(message, ResponseMetadata.none(), Json.emptyObject());
    }

    @Override
    public String type() {
        return TYPE;
    }
}
