package io.claudeflux.internal.protocol;

import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.FailureContext;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import java.time.Clock;
import java.util.Set;

/**
 * Makes exceptions of the errors the server reports, by HTTP status or inside a stream, and judges whether they pass.
 */
public final class ApiErrors {
    /**
     * Limits that last for weeks, and conflicts that no repetition solves: the status alone would have them retried.
     */
    private static final Set<String> HOPELESS_CODES =
            Set.of("enforced_spend_limit_reached", "contract_spend_limit_reached", "skill_read_blocked_undecryptable");

    private static final Set<String> PASSING_TYPES =
            Set.of("overloaded_error", "api_error", "rate_limit_error", "timeout_error");

    private final Clock clock;

    /**
     * A reader of errors.
     *
     * @param clock tells the time where a hint is a date and the response has none
     */
    public ApiErrors(Clock clock) {
        this.clock = clock;
    }

    /**
     * An error by HTTP status.
     *
     * @param response the head
     * @param body what could be read of the body; JSON or anything else
     * @return the exception
     */
    public ApiException ofResponse(ResponseMetadata response, String body) {
        ApiFailure failure = new ApiFailure(parse(body), response, false);
        return exception(failure, isPassing(failure));
    }

    /**
     * An error inside a stream.
     *
     * @param event the JSON of the event, or a JSON string if it was only text
     * @param response the head of the stream's response
     * @return the exception
     */
    public ApiException ofEvent(Json event, ResponseMetadata response) {
        ApiFailure failure = new ApiFailure(ApiError.read(event), response, true);
        return exception(failure, PASSING_TYPES.contains(failure.errorType()) && !isHopeless(failure));
    }

    private ApiException exception(ApiFailure failure, boolean retryable) {
        ResponseMetadata response = failure.response();
        FailureContext context = FailureContext.attempted(retryable)
                .withRequestId(response.requestId().orElse(failure.error().requestId()))
                .withRetryAfter(RetryHint.of(response, clock));
        return ApiException.of(failure, context);
    }

    private static ApiError parse(String body) {
        try {
            Json json = Json.parse(body);
            ApiError error = ApiError.read(json);
            // Not the API's envelope and nothing like it: the text itself is the best there is to show.
            return error.message().isEmpty() && error.type() == null ? ApiError.ofText(body) : error;
        } catch (IllegalArgumentException notJson) {
            return ApiError.ofText(body);
        }
    }

    /** What never passes does not; the server's own word comes next, for it knows more than the status says. */
    private static boolean isPassing(ApiFailure failure) {
        if (isHopeless(failure)) {
            return false;
        }
        int status = failure.response().status();
        return switch (failure.response().header("x-should-retry").orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                status == 408 || status == 409 || status == 429 || (status >= 500 && status != 501 && status != 505);
        };
    }

    private static boolean isHopeless(ApiFailure failure) {
        String code = failure.error().code();
        return code != null && HOPELESS_CODES.contains(code);
    }
}
