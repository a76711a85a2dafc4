package io.claudeflux.internal.retry;

import io.claudeflux.config.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The computed waits of one call after one class of failures: decorrelated jitter, each drawn between the base and
 * three times the one before, up to the cap.
 *
 * <p>Calls that failed together thereby drift apart, and none comes back before the base has passed.
 */
final class BackoffSequence {
    private final long base;
    private final long cap;
    private final DoubleSupplier random;
    private long previous;

    /** Draws with numbers of [0, 1). */
    BackoffSequence(RetryPolicy.Backoff range, DoubleSupplier random) {
        this.base = range.base().toNanos();
        this.cap = range.cap().toNanos();
        this.random = random;
        this.previous = base;
    }

    /** Proposes a wait; the sequence goes on from it only once it is {@link #taken}. */
    Duration draw() {
        // The cap is a day at most, so that three times it is exact in a long and in a double.
        double spread = random.getAsDouble() * (3 * previous - base);
        return Duration.ofNanos(Math.min(cap, base + (long) spread));
    }

    /** The drawn wait happens. */
    void taken(Duration wait) {
        previous = wait.toNanos();
    }
}
