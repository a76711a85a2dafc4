package io.claudeflux.internal.admission;

import java.time.Duration;

/**
 * How one attempt stands in line for a permit.
 *
 * @param first whether it goes ahead of everyone who is no retry, and may wait even where no one else may
 * @param limit the longest wait; zero for no limit
 */
public record Turn(boolean first, Duration limit) {

    /**
     * Checks that the limit is not negative.
     *
     * @throws IllegalArgumentException when it is
     */
    public Turn {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit must be >= 0 but was " + limit);
        }
    }

    /** Returns the turn of a call that has not been let out before: behind everyone who waits. */
    public static Turn newcomer(Duration limit) {
        return new Turn(false, limit);
    }

    /** Returns the turn of a call that was let out before: behind other retries only, which keep their order. */
    public static Turn retry(Duration limit) {
        return new Turn(true, limit);
    }

    boolean isLimited() {
        return !limit.isZero();
    }
}
