package io.claudeflux.internal.admission;

import java.time.Duration;

/**
 * How one attempt stands in line for a permit.
 *
 * @param first whether it goes ahead of everyone who is no retry, and may wait even where no one else may
 * @param limit the longest that all waits of the call may take together; zero for no limit
 * @param waited what earlier ones took of it
 * @param party who asks, and for what
 */
public record Turn(boolean first, Duration limit, Duration waited, Party party) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * Checks that the durations are not negative.
     *
     * @throws IllegalArgumentException when one is
     */
    public Turn {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit must be >= 0 but was " + limit);
        }
        if (waited.isNegative()) {
            throw new IllegalArgumentException("waited must be >= 0 but was " + waited);
        }
    }

    /** Makes a turn of somebody who has not waited yet. */
    Turn(boolean first, Duration limit) {
        this(first, limit, Duration.ZERO, Party.ANYBODY);
    }

    /** Returns the turn of somebody who has not been let out before: behind everyone who waits. */
    static Turn newcomer(Duration limit) {
        return new Turn(false, limit);
    }

    /** Returns the turn of somebody who was let out before: behind other retries only, which keep their order. */
    static Turn retry(Duration limit) {
        return new Turn(true, limit);
    }

    /** Returns the longest wait from now on: a little even if nothing is left, so that a free permit is taken. */
    Duration left() {
        Duration left = limit.minus(waited);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    boolean isLimited() {
        return !limit.isZero();
    }
}
