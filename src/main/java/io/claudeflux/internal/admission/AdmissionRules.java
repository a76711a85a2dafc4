package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter;
import org.jspecify.annotations.Nullable;

/**
 * Who is let out.
 *
 * @param min the fewest attempts that may be under way when the limit adapts; the most for a limit that is fixed
 * @param max the most attempts that may be under way
 * @param maxQueued how many calls may wait, retries apart
 * @param hasGate whether a 429 that says for how long keeps back all others of its model
 * @param limiter asked ahead of each attempt; null for none
 */
public record AdmissionRules(
        int min,
        int max,
        int maxQueued,
        boolean hasGate,
        @Nullable RateLimiter limiter) {
    /**
     * Takes rules that make sense.
     *
     * @throws IllegalArgumentException if {@code min} is not positive, {@code max} is less, or {@code maxQueued} is
     *     negative
     */
    public AdmissionRules {
        if (min <= 0) {
            throw new IllegalArgumentException("min must be > 0 but was " + min);
        }
        if (max < min) {
            throw new IllegalArgumentException("max must be >= min, " + min + ", but was " + max);
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("maxQueued must be >= 0 but was " + maxQueued);
        }
    }

    /** Returns the rules of a semaphore with a queue, and nothing else. */
    static AdmissionRules fixed(int max, int maxQueued) {
        return new AdmissionRules(max, max, maxQueued, false, null);
    }
}
