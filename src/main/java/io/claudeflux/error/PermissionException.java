package io.claudeflux.error;

/** The key is valid and may not do this ({@code permission_error}, 403). */
public final class PermissionException extends ApiException {
    PermissionException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
