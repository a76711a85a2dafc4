package io.claudeflux.simulator;

/** The API would refuse this request, with this error. */
@SuppressWarnings("serial") // never serialised: it does not leave this package
final class Rejection extends RuntimeException {

    private final ErrorEnvelope error;

    Rejection(ErrorEnvelope error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    static Rejection invalid(String message) {
        return new Rejection(ErrorEnvelope.invalid(message));
    }

    ErrorEnvelope error() {
        return error;
    }
}
