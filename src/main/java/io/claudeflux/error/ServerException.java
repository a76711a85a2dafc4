package io.claudeflux.error;

/** The server failed ({@code api_error}, 5xx). */
public final class ServerException extends ApiException {
    ServerException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
