package io.claudeflux.error;

/**
 * The key or token was not accepted ({@code authentication_error}, 401). Check that it is an API key of the right
 * workspace, whole, and not revoked.
 */
public final class AuthenticationException extends ApiException {
    AuthenticationException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
