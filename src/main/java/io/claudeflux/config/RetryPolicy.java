package io.claudeflux.config;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether and when a client sends a request again that failed in a way that passes: overload, rate limits, broken
 * connections. Once a subscriber has received an event, nothing is sent again, whatever the policy says.
 *
 * <p>The wait before a retry is what the server asks for plus a small random part, a tenth of it and at most 1 s.
 * Without such a hint it is drawn between the base of its {@link Backoff} and three times the wait before, and never
 * exceeds the cap.
 *
 * <p>The budget keeps the retries of many calls from feeding an outage. It belongs to the client, not to a call: a
 * retry takes 14 tokens of it, 5 after a throttling answer (429, 503, 529); a call that succeeds gives back what its
 * last retry took, or 1 token if it needed none. While it holds too few tokens the original error surfaces at once.
 * First attempts are never held back.
 *
 * <p>Copies with one value changed are made with the {@code withX} methods.
 *
 * @param maxRetries how often one call is sent again at most, 0 to 100; 2 by default, hence three attempts. The one
 *     with a fresh access token, behind a 401, is not counted
 * @param retryAmbiguous whether a request is sent again that was written and not answered, although the server may have
 *     done the work; true by default
 * @param transientBackoff the waits after everything but throttling; from 100 ms up to 8 s by default
 * @param throttlingBackoff the waits after 429, 503 and 529; from 1 s up to 20 s by default
 * @param maxRetryAfter the longest wait a server may ask for; 120 s by default. If it asks for more, the call fails at
 *     once: the wish is not shortened
 * @param maxTotalDelay the longest that all waits of one call may take together; 240 s by default
 * @param budget the tokens a client starts with, and never has more of; 500 by default, enough for 35 retries in a row
 *     without a success. 0 allows no retry, {@link Integer#MAX_VALUE} any number
 */
public record RetryPolicy(
        int maxRetries,
        boolean retryAmbiguous,
        Backoff transientBackoff,
        Backoff throttlingBackoff,
        Duration maxRetryAfter,
        Duration maxTotalDelay,
        int budget) {
    /** Longer waits belong into a scheduler; below it no sum of waits leaves the range of nanoseconds in a long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final RetryPolicy DEFAULTS = new RetryPolicy(
            2,
            true,
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(8)),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20)),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            500);

    /**
     * Takes values that make sense.
     *
     * @throws IllegalArgumentException if {@code maxRetries} is not between 0 and 100, a duration is negative or longer
     *     than one day, or {@code budget} is negative
     * @throws NullPointerException if an argument is null
     */
    public RetryPolicy {
        Objects.requireNonNull(transientBackoff, "transientBackoff");
        Objects.requireNonNull(throttlingBackoff, "throttlingBackoff");
        require(maxRetries >= 0, "maxRetries must be >= 0 but was " + maxRetries);
        require(maxRetries <= 100, "maxRetries must be <= 100 but was " + maxRetries);
        bounded("maxRetryAfter", maxRetryAfter);
        bounded("maxTotalDelay", maxTotalDelay);
        require(budget >= 0, "budget must be >= 0 but was " + budget);
    }

    /**
     * The range of computed waits.
     *
     * @param base the shortest wait; the first one is drawn between it and three times it
     * @param cap the longest wait, up to one day
     */
    public record Backoff(Duration base, Duration cap) {
        /**
         * Takes a range that makes sense.
         *
         * @throws IllegalArgumentException if {@code base} is not positive, or {@code cap} is shorter than it or longer
         *     than one day
         * @throws NullPointerException if an argument is null
         */
        public Backoff {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(cap, "cap");
            require(!base.isZero() && !base.isNegative(), "base must be > 0 but was " + base);
            require(cap.compareTo(base) >= 0, "cap must be >= base, " + base + ", but was " + cap);
            require(cap.compareTo(LONGEST) <= 0, "cap must be <= " + LONGEST + " but was " + cap);
        }
    }

    /**
     * The defaults named at each value.
     *
     * @return the default policy
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * No retries: the caller sees every failure of a connection that works. A dead connection of the pool is still
     * replaced, see {@link #withRetryAmbiguous}, and so is, once for each call, an access token that was refused.
     *
     * @return the defaults with {@code maxRetries} 0
     */
    public static RetryPolicy none() {
        return DEFAULTS.withMaxRetries(0);
    }

    /**
     * Changes how often one call is sent again at most.
     *
     * @param retries 0 to 100
     * @return a copy
     * @throws IllegalArgumentException if it is not between 0 and 100
     */
    public RetryPolicy withMaxRetries(int retries) {
        return new RetryPolicy(
                retries, retryAmbiguous, transientBackoff, throttlingBackoff, maxRetryAfter, maxTotalDelay, budget);
    }

    /**
     * Changes whether a request is sent again, to this model or to one to fall back to, that was written and not
     * answered. One whose answer began and broke before any of it was handed down is sent again all the same: who must
     * not pay twice at any price sets {@code maxRetries} 0 and this to false. With {@code maxRetries} 0 alone, a
     * request that is lost on a connection of the pool, before anything came back on it, still goes out once more on a
     * new one.
     *
     * @param retry false if work that may have been done is not to be repeated
     * @return a copy
     */
    public RetryPolicy withRetryAmbiguous(boolean retry) {
        return new RetryPolicy(
                maxRetries, retry, transientBackoff, throttlingBackoff, maxRetryAfter, maxTotalDelay, budget);
    }

    /**
     * Changes the computed waits after every failure, throttling or not.
     *
     * @param base the shortest wait
     * @param cap the longest wait
     * @return a copy
     * @throws IllegalArgumentException if the range makes no sense, see {@link Backoff}
     */
    public RetryPolicy withBackoff(Duration base, Duration cap) {
        return withTransientBackoff(base, cap).withThrottlingBackoff(base, cap);
    }

    /**
     * Changes the computed waits after everything but throttling.
     *
     * @param base the shortest wait
     * @param cap the longest wait
     * @return a copy
     * @throws IllegalArgumentException if the range makes no sense, see {@link Backoff}
     */
    public RetryPolicy withTransientBackoff(Duration base, Duration cap) {
        Backoff backoff = new Backoff(base, cap);
        return new RetryPolicy(
                maxRetries, retryAmbiguous, backoff, throttlingBackoff, maxRetryAfter, maxTotalDelay, budget);
    }

    /**
     * Changes the computed waits after 429, 503 and 529.
     *
     * @param base the shortest wait
     * @param cap the longest wait
     * @return a copy
     * @throws IllegalArgumentException if the range makes no sense, see {@link Backoff}
     */
    public RetryPolicy withThrottlingBackoff(Duration base, Duration cap) {
        Backoff backoff = new Backoff(base, cap);
        return new RetryPolicy(
                maxRetries, retryAmbiguous, transientBackoff, backoff, maxRetryAfter, maxTotalDelay, budget);
    }

    /**
     * Changes the longest wait a server may ask for.
     *
     * @param longest 0 to one day; 0 fails on every hint
     * @return a copy
     * @throws IllegalArgumentException if it is negative or longer than one day
     */
    public RetryPolicy withMaxRetryAfter(Duration longest) {
        return new RetryPolicy(
                maxRetries, retryAmbiguous, transientBackoff, throttlingBackoff, longest, maxTotalDelay, budget);
    }

    /**
     * Changes the longest that all waits of one call may take together.
     *
     * @param longest 0 to one day; 0 allows no wait and thereby no retry
     * @return a copy
     * @throws IllegalArgumentException if it is negative or longer than one day
     */
    public RetryPolicy withMaxTotalDelay(Duration longest) {
        return new RetryPolicy(
                maxRetries, retryAmbiguous, transientBackoff, throttlingBackoff, maxRetryAfter, longest, budget);
    }

    /**
     * Changes the size of the client's retry budget.
     *
     * @param tokens 0 or more, of which a retry takes 14, or 5 after a throttling answer
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public RetryPolicy withBudget(int tokens) {
        return new RetryPolicy(
                maxRetries, retryAmbiguous, transientBackoff, throttlingBackoff, maxRetryAfter, maxTotalDelay, tokens);
    }

    /**
     * Lifts the budget, so that only {@code maxRetries} limits what an outage multiplies.
     *
     * @return a copy whose budget is {@link Integer#MAX_VALUE}, from which nothing is ever taken
     */
    public RetryPolicy withoutBudget() {
        return withBudget(Integer.MAX_VALUE);
    }

    private static void bounded(String name, Duration value) {
        Objects.requireNonNull(value, name);
        require(!value.isNegative(), name + " must be >= 0 but was " + value);
        require(value.compareTo(LONGEST) <= 0, name + " must be <= " + LONGEST + " but was " + value);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
