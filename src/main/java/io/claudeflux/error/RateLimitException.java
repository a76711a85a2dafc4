package io.claudeflux.error;

/**
 * Too much at a time, or a spend limit ({@code rate_limit_error}, 429). {@link #retryAfter()} says how long to wait;
 * {@link #errorCode()} tells a limit that passes from one that does not, such as {@code enforced_spend_limit_reached}.
 */
public final class RateLimitException extends ApiException {
    RateLimitException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
