package io.claudeflux.error;

import io.claudeflux.message.PartialMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a call that failed.
 *
 * @param requestId the server's id of the exchange
 * @param attempts how often the request was sent, or was about to be
 * @param eventsDelivered how many events the subscriber had received, pings apart
 * @param retryAfter how long the server asked to wait
 * @param retryable whether the failure is of a passing kind
 * @param ambiguous whether the server may have done the work although no answer came
 * @param partial the message so far
 * @param notRetried why no further attempt was made; null if nothing decided about one
 * @param facts the circumstances of the call; null if it had not begun
 */
public record FailureContext(
        @Nullable String requestId,
        int attempts,
        long eventsDelivered,
        @Nullable Duration retryAfter,
        boolean retryable,
        boolean ambiguous,
        @Nullable PartialMessage partial,
        @Nullable NotRetried notRetried,
        @Nullable CallFacts facts) {
    private static final FailureContext LOCAL = new FailureContext(null, 0, 0, null, false, false, null, null, null);

    /**
     * A failure before anything was sent, which no repetition mends.
     *
     * @return a context without attempts
     */
    public static FailureContext local() {
        return LOCAL;
    }

    /**
     * A failure of the first attempt.
     *
     * @param retryable whether it is of a passing kind
     * @return a context with one attempt
     */
    public static FailureContext attempted(boolean retryable) {
        return new FailureContext(null, 1, 0, null, retryable, false, null, null, null);
    }

    /**
     * Adds the server's id, unless one is known.
     *
     * @param requestId the id, if there is one
     * @return a copy
     */
    public FailureContext withRequestId(@Nullable String requestId) {
        String known = this.requestId != null ? this.requestId : requestId;
        return new FailureContext(
                known, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }

    /**
     * Adds the server's wish.
     *
     * @param retryAfter how long to wait; null for no wish
     * @return a copy
     */
    public FailureContext withRetryAfter(@Nullable Duration retryAfter) {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }

    /**
     * Says that the server may have done the work.
     *
     * @return a copy
     */
    public FailureContext asAmbiguous() {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, true, partial, notRetried, facts);
    }

    /**
     * Adds what the subscriber has.
     *
     * @param eventsDelivered how many events it received
     * @param partial the message so far; null before {@code message_start}
     * @return a copy
     */
    public FailureContext withProgress(long eventsDelivered, @Nullable PartialMessage partial) {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }

    /**
     * Adds how often the request was sent.
     *
     * @param attempts 1 or more
     * @return a copy
     */
    public FailureContext withAttempts(int attempts) {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }

    /**
     * Adds why no further attempt was made.
     *
     * @param notRetried the reason
     * @return a copy
     */
    public FailureContext withNotRetried(NotRetried notRetried) {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }

    /**
     * Adds the circumstances of the call.
     *
     * @param facts what is known when it fails
     * @return a copy
     */
    public FailureContext withFacts(CallFacts facts) {
        return new FailureContext(
                requestId, attempts, eventsDelivered, retryAfter, retryable, ambiguous, partial, notRetried, facts);
    }
}
