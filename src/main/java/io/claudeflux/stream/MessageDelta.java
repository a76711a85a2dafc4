package io.claudeflux.stream;

import io.claudeflux.message.Json;
import io.claudeflux.message.StopReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The message nears its end: why the model stopped, and the usage up to here. Comes once or more.
 *
 * @param delta what changes in the message
 * @param usage the usage of the whole message so far; it replaces earlier counters and is never added to them
 * @param extra the fields this version does not know, such as {@code context_management}, as one JSON object
 */
public record MessageDelta(MessageChange delta, MessageDeltaUsage usage, Json extra) implements StreamEvent {
    /** The name on the wire. */
    public static final String TYPE = "message_delta";

    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if an argument is null
     */
    public MessageDelta {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * The usual last-but-one event.
     *
     * @param stopReason why the model stopped
     * @param outputTokens all tokens generated
     * @return the event
     */
    public static MessageDelta of(StopReason stopReason, long outputTokens) {
        return new MessageDelta(
                MessageChange.of(stopReason), MessageDeltaUsage.outputTokens(outputTokens), Json.emptyObject());
    }

    /**
     * Why the model stopped.
     *
     * @return the reason, null if this event does not say
     */
    public @Nullable StopReason stopReason() {
        return delta.stopReason();
    }

    @Override
    public String type() {
        return TYPE;
    }
}
