package io.claudeflux.error;

import io.claudeflux.message.Json;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API's error envelope, read with tolerance: any member may be missing.
 *
 * @param type {@code error.type}, verbatim; null if there is none, as in the error pages of proxies
 * @param message {@code error.message}, or the text that came in its place
 * @param code {@code error.details.error_code}, an open set; null if there is none
 * @param details {@code error.details}; null if there are none
 * @param requestId {@code request_id} of the body; null if there is none
 */
public record ApiError(
        @Nullable String type,
        String message,
        @Nullable String code,
        @Nullable Json details,
        @Nullable String requestId) {
    /**
     * Takes the values as they are.
     *
     * @throws NullPointerException if {@code message} is null
     */
    public ApiError {
        Objects.requireNonNull(message, "message");
    }

    /**
     * Reads the envelope <code>{"type":"error","error":{"type","message","details"},"request_id"}</code>. An object
     * without {@code error} may be a gateway's flat form with {@code type} and {@code message}, or AWS's with
     * {@code message} alone; where {@code error} is a word, OAuth's with {@code error_description}.
     *
     * @param envelope the error's JSON
     * @return what could be read
     */
    public static ApiError read(Json envelope) {
        Json error = envelope.get("error").filter(Json::isObject).orElse(envelope);
        Optional<Json> details = error.get("details").filter(Json::isObject);
        String message = string(error, "message")
                .or(() -> envelope.get("error").flatMap(Json::asString).map(code -> described(code, envelope)))
                .or(envelope::asString)
                .orElse("");
        return new ApiError(
                string(error, "type").filter(type -> !type.equals("error")).orElse(null),
                message,
                details.flatMap(d -> string(d, "error_code")).orElse(null),
                details.orElse(null),
                string(envelope, "request_id").orElse(null));
    }

    /** OAuth's form has a sentence beside its code. */
    private static String described(String code, Json envelope) {
        return string(envelope, "error_description")
                .map(sentence -> code + ": " + sentence)
                .orElse(code);
    }

    /**
     * An error that came as plain text or HTML.
     *
     * @param text the text
     * @return an error with the text as its message
     */
    public static ApiError ofText(String text) {
        return new ApiError(null, text.strip(), null, null, null);
    }

    private static Optional<String> string(Json object, String name) {
        return object.get(name).flatMap(Json::asString);
    }
}
