package io.claudeflux.error;

/** The server gave up on the request ({@code timeout_error}, 408 and 504). */
public final class ApiTimeoutException extends ApiException {
    ApiTimeoutException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
