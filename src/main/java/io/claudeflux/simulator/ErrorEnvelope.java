package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the API words it, the same for an HTTP error body and for an {@code error} event.
 *
 * @param status the HTTP status that goes with the type
 * @param type the {@code error.type}
 * @param message the {@code error.message}
 * @param code the {@code error.details.error_code}, if there is one
 */
record ErrorEnvelope(
        int status, String type, String message, @Nullable String code) {

    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(400, "invalid_request_error"),
            Map.entry(401, "authentication_error"),
            Map.entry(402, "billing_error"),
            Map.entry(403, "permission_error"),
            Map.entry(404, "not_found_error"),
            Map.entry(408, "timeout_error"),
            Map.entry(409, "conflict_error"),
            Map.entry(413, "request_too_large"),
            Map.entry(429, "rate_limit_error"),
            Map.entry(500, "api_error"),
            Map.entry(504, "timeout_error"),
            Map.entry(529, "overloaded_error"));

    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("authentication_error", "invalid x-api-key"),
            Map.entry("billing_error", "Your credit balance is too low to access the API."),
            Map.entry("permission_error", "Your API key may not use this resource."),
            Map.entry("not_found_error", "Not found"),
            Map.entry("timeout_error", "Request timed out"),
            Map.entry("conflict_error", "Conflict"),
            Map.entry("request_too_large", "Request exceeds the maximum size"),
            Map.entry("rate_limit_error", "This request would exceed your organization's rate limit."),
            Map.entry("api_error", "Internal server error"),
            Map.entry("overloaded_error", "Overloaded"));

    /** The error that the API answers under this status. */
    static ErrorEnvelope of(int status) {
        String type = TYPES.getOrDefault(status, status >= 500 ? "api_error" : "invalid_request_error");
        return new ErrorEnvelope(status, type, MESSAGES.getOrDefault(type, "Invalid request"), null);
    }

    /** The error of this type; a type the API does not have goes under status 400. */
    static ErrorEnvelope ofType(String type) {
        int status = TYPES.entrySet().stream()
                .filter(known -> known.getValue().equals(type))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(400);
        return new ErrorEnvelope(status, type, MESSAGES.getOrDefault(type, "Invalid request"), null);
    }

    static ErrorEnvelope invalid(String message) {
        return of(400).withMessage(message);
    }

    ErrorEnvelope withType(String newType) {
        return new ErrorEnvelope(status, newType, message, code);
    }

    ErrorEnvelope withMessage(String newMessage) {
        return new ErrorEnvelope(status, type, newMessage, code);
    }

    ErrorEnvelope withCode(String newCode) {
        return new ErrorEnvelope(status, type, message, newCode);
    }

    String body(String requestId) {
        return Json.of(Fields.of("type", "error", "error", error(), "request_id", requestId))
                .text();
    }

    String event(String requestId) {
        return Fields.event("error", "error", error(), "request_id", requestId);
    }

    private Map<String, @Nullable Object> error() {
        Map<String, @Nullable Object> error = Fields.of("type", type, "message", message);
        if (code != null) {
            error.put("details", Fields.of("error_code", code));
        }
        return error;
    }
}
