package io.claudeflux.message;

import java.util.Objects;

/**
 * A value together with the head of the response that brought it.
 *
 * @param value what was asked for
 * @param metadata status, request id, rate limits
 * @param <T> the value's type
 */
public record Response<T>(T value, ResponseMetadata metadata) {
    /**
     * Pairs the two.
     *
     * @throws NullPointerException if an argument is null
     */
    public Response {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(metadata, "metadata");
    }
}
