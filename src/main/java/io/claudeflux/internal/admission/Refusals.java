package io.claudeflux.internal.admission;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.error.FailureContext;
import org.jspecify.annotations.Nullable;

/** What a call that gets no permit is told. */
final class Refusals {

    private Refusals() {}

    static AdmissionException full() {
        return refusal(
                Reason.QUEUE_FULL, "as many calls wait as may wait; slow down, or raise maxQueuedRequests", null);
    }

    static AdmissionException timedOut(Turn turn) {
        return refusal(
                Reason.QUEUE_TIMEOUT,
                "the queue clock passed its limit of " + turn.limit().toMillis()
                        + " ms: no permit became free in time; slow down, or raise maxConcurrentRequests",
                null);
    }

    static AdmissionException closed(@Nullable Throwable cause) {
        return refusal(Reason.CLOSED, "the client is closed", cause);
    }

    private static AdmissionException refusal(Reason reason, String message, @Nullable Throwable cause) {
        return new AdmissionException(reason, message, cause, FailureContext.local());
    }
}
