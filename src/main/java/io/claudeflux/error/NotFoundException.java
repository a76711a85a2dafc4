package io.claudeflux.error;

/**
 * There is no such thing ({@code not_found_error}, 404): most often a model id that is misspelt or retired, or a base
 * URL with a wrong path.
 */
public final class NotFoundException extends ApiException {
    NotFoundException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
