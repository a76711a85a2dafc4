package io.claudeflux.error;

import org.jspecify.annotations.Nullable;

/**
 * The client did not let the request out, and nothing was sent; or it was closed while the request was under way, which
 * {@link #attempts()} and {@link #isAmbiguous()} tell apart.
 */
public final class AdmissionException extends ClaudeException {
    /** Why. */
    public enum Reason {
        /** As many requests wait as may wait. */
        QUEUE_FULL,
        /** The request waited too long. */
        QUEUE_TIMEOUT,
        /** The {@link io.claudeflux.limit.RateLimiter} failed, or gave no lease. */
        LIMITER,
        /** The client is closed. */
        CLOSED
    }

    /** Why the request was not let out. */
    private final Reason reason;

    /**
     * A request that was not let out.
     *
     * @param reason why
     * @param message a sentence: what happened and what to do next
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    public AdmissionException(Reason reason, String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause, context);
        this.reason = reason;
    }

    /**
     * Why the request was not let out.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    @Override
    public String label() {
        return label("admission", reason);
    }

    @Override
    public Origin origin() {
        return reason == Reason.CLOSED ? Origin.CLOSED : Origin.ADMISSION;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new AdmissionException(reason, sentence(), getCause(), context);
    }
}
