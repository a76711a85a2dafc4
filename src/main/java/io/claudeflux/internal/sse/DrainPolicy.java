package io.claudeflux.internal.sse;

import java.time.Duration;
import java.util.Objects;
import reactor.core.scheduler.Scheduler;

/**
 * How long to wait for the body to end once the protocol has.
 *
 * <p>A body that is read to its end leaves a connection that can be used again; one that does not end in time, or goes
 * on for too long, is cancelled, which closes the connection. Either way the stream completes.
 *
 * @param limit the longest wait; zero cancels the body at once
 * @param maxBytes the most bytes to read and drop
 * @param timer where the wait is timed
 */
public record DrainPolicy(Duration limit, int maxBytes, Scheduler timer) {

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(1);
    private static final int DEFAULT_MAX_BYTES = 64 << 10;

    /**
     * Checks that the limits are not negative.
     *
     * @throws IllegalArgumentException when one is
     */
    public DrainPolicy {
        Objects.requireNonNull(timer, "timer");
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit must be >= 0 but was " + limit);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be >= 0 but was " + maxBytes);
        }
    }

    /** Returns the default, one second and 64 KiB, timed on the given scheduler. */
    public static DrainPolicy on(Scheduler timer) {
        return new DrainPolicy(DEFAULT_LIMIT, DEFAULT_MAX_BYTES, timer);
    }
}
