package io.claudeflux.internal.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tokens that all calls of a client pay their retries from, and that successes earn back. When most calls fail it
 * runs dry, and an outage is no longer multiplied by retries.
 *
 * <p>Starts full. Safe for use by many threads; never below 0 and never above its size.
 */
public final class RetryBudget {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final int size;
    private final AtomicInteger tokens;

    /**
     * A full budget.
     *
     * @param tokens its size; {@link Integer#MAX_VALUE} for one from which nothing is ever taken
     */
    public RetryBudget(int tokens) {
        this.size = tokens;
        this.tokens = new AtomicInteger(tokens);
    }

    /**
     * Takes the price of a retry, all of it or nothing.
     *
     * @param cost how many tokens
     * @return false if there were fewer
     */
    public boolean take(int cost) {
        if (size == UNLIMITED) {
            return true;
        }
        int left = tokens.get();
        while (left >= cost) {
            if (tokens.compareAndSet(left, left - cost)) {
                return true;
            }
            left = tokens.get();
        }
        return false;
    }

    /**
     * Gives tokens back; what would exceed the size is lost.
     *
     * @param earned how many tokens
     */
    public void give(int earned) {
        int left = tokens.get();
        // A full budget, the rule while all is well, is only read: calls do not fight over one cache line.
        while (left < size && !tokens.compareAndSet(left, (int) Math.min(size, (long) left + earned))) {
            left = tokens.get();
        }
    }

    /**
     * How much is left.
     *
     * @return 0 to the size
     */
    public int tokens() {
        return tokens.get();
    }
}
