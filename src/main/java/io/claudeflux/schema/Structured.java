package io.claudeflux.schema;

import io.claudeflux.message.Message;
import io.claudeflux.message.ResponseMetadata;
import java.util.Objects;

/**
 * The value that an answer holds, and the answer: what it cost, which model gave it, under which request id.
 *
 * @param value the value
 * @param message the whole message
 * @param metadata the head of the response; {@link ResponseMetadata#none()} where it is not known
 * @param <T> the value's type
 */
public record Structured<T>(T value, Message message, ResponseMetadata metadata) {
    /**
     * Keeps the three together.
     *
     * @throws NullPointerException if an argument is null
     */
    public Structured {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(metadata, "metadata");
    }

    /** Without the value, which is what the model said. */
    @Override
    public String toString() {
        return "Structured[" + value.getClass().getSimpleName() + ", " + message + "]";
    }
}
