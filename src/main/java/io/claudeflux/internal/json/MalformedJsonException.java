package io.claudeflux.internal.json;

/** A value that is JSON and not what this place needs. The message names the place and quotes no content. */
final class MalformedJsonException extends IllegalArgumentException {
    MalformedJsonException(String message) {
        super(message);
    }
}
