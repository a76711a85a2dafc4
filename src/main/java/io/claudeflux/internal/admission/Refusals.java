package io.claudeflux.internal.admission;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** What a call that gets no permit is told. */
final class Refusals {

    private Refusals() {}

    /** What keeps a call waiting. */
    enum Obstacle {
        PERMITS("no permit became free in time; slow down, or raise maxConcurrentRequests"),
        GATE("the server has asked for a pause in a 429; slow down, or let pacing keep within the limits"),
        LIMITER("the rate limits leave no room in time; slow down, or ask for higher limits");

        private final String sentence;

        Obstacle(String sentence) {
            this.sentence = sentence;
        }
    }

    static AdmissionException full() {
        return refusal(
                Reason.QUEUE_FULL, "as many calls wait as may wait; slow down, or raise maxQueuedRequests", null);
    }

    static AdmissionException timedOut(Turn turn, Obstacle obstacle) {
        return refusal(
                Reason.QUEUE_TIMEOUT,
                "the queue clock passed its limit of " + turn.limit().toMillis() + " ms: " + obstacle.sentence,
                null);
    }

    static AdmissionException closed(@Nullable Throwable cause) {
        return refusal(Reason.CLOSED, "the client is closed", cause);
    }

    /** Errors of this library pass through: the limiter may know better what went wrong. */
    static ClaudeException byLimiter(@Nullable Throwable failure) {
        if (failure == null) {
            return refusal(Reason.LIMITER, "the RateLimiter completed without a lease", null);
        }
        return Exceptions.unwrap(failure) instanceof ClaudeException known
                ? known
                : refusal(Reason.LIMITER, "the RateLimiter failed; see the cause", failure);
    }

    private static AdmissionException refusal(Reason reason, String message, @Nullable Throwable cause) {
        return new AdmissionException(reason, message, cause, FailureContext.local());
    }
}
