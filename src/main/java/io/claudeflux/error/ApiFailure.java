package io.claudeflux.error;

import io.claudeflux.message.ResponseMetadata;
import java.util.Map;
import java.util.Objects;

/**
 * An error of the API with the response that carried it.
 *
 * @param error the envelope
 * @param response the head of the response
 * @param inStream whether it came inside a stream that had begun with 200
 */
public record ApiFailure(ApiError error, ResponseMetadata response, boolean inStream) {
    private static final Map<String, Integer> STATUS_OF_TYPE = Map.ofEntries(
            Map.entry("invalid_request_error", 400),
            Map.entry("authentication_error", 401),
            Map.entry("billing_error", 402),
            Map.entry("permission_error", 403),
            Map.entry("not_found_error", 404),
            Map.entry("conflict_error", 409),
            Map.entry("request_too_large", 413),
            Map.entry("rate_limit_error", 429),
            Map.entry("api_error", 500),
            Map.entry("timeout_error", 504),
            Map.entry("overloaded_error", 529));

    /**
     * Takes the parts as they are.
     *
     * @throws NullPointerException if an argument is null
     */
    public ApiFailure {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(response, "response");
    }

    /**
     * The type of the error.
     *
     * @return {@code error.type} verbatim, or the type that the status stands for
     */
    public String errorType() {
        String type = error.type();
        return type == null || type.isEmpty() ? typeOfStatus() : type;
    }

    /**
     * The status that the error means.
     *
     * @return that of the response, or for an in-stream error the one its type stands for
     */
    public int effectiveStatus() {
        int status = response.status();
        return inStream && error.type() != null ? STATUS_OF_TYPE.getOrDefault(error.type(), status) : status;
    }

    /** The type if it is one of the API's own, or else what the status stands for. */
    String knownType() {
        String type = errorType();
        return STATUS_OF_TYPE.containsKey(type) ? type : typeOfStatus();
    }

    /** The type that the status stands for, in the API's own table. */
    String typeOfStatus() {
        int status = effectiveStatus();
        return switch (status) {
            case 400, 422 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 408, 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "unknown_error";
        };
    }
}
