package io.claudeflux.micrometer;

/**
 * Stands for the failure of a call where handlers write an error's message and stack trace into spans: it has the
 * label, and not what the server said, which may quote what was asked.
 */
final class LabelledFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LabelledFailure(String label) {
        super(label, null, false, false);
    }
}
