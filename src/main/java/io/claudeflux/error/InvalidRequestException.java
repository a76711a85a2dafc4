package io.claudeflux.error;

/**
 * The request is not one the server can serve ({@code invalid_request_error}, 400 and 422). The message names the
 * field. Change the request; sending it again changes nothing.
 */
public final class InvalidRequestException extends ApiException {
    InvalidRequestException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
