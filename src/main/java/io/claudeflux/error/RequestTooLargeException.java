package io.claudeflux.error;

/** The request's body exceeds the API's 32 MB ({@code request_too_large}, 413). */
public final class RequestTooLargeException extends ApiException {
    RequestTooLargeException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
