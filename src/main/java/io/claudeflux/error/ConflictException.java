package io.claudeflux.error;

/** The request collides with another one ({@code conflict_error}, 409). */
public final class ConflictException extends ApiException {
    ConflictException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
