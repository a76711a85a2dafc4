package io.claudeflux.error;

/**
 * The service is overloaded ({@code overloaded_error}, 529), which often shows only inside a stream that had begun with
 * 200.
 */
public final class OverloadedException extends ApiException {
    OverloadedException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
