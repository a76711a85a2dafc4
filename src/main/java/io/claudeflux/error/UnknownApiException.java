package io.claudeflux.error;

/** An error of a type this version does not know, kept verbatim in {@link #errorType()}. */
public final class UnknownApiException extends ApiException {
    UnknownApiException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
