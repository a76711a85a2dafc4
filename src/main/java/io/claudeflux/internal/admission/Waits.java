package io.claudeflux.internal.admission;

import java.time.Duration;

/** Counts waits. Not thread-safe: it belongs to the lock of {@link Permits}. */
final class Waits {
    private long granted;
    private long waitedNanos;
    private long longestNanos;
    private long refusedFull;
    private long refusedLate;

    void granted(long nanos) {
        granted++;
        waitedNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
    }

    void refusedFull() {
        refusedFull++;
    }

    void refusedLate() {
        refusedLate++;
    }

    WaitCounts copy() {
        return new WaitCounts(
                granted, Duration.ofNanos(waitedNanos), Duration.ofNanos(longestNanos), refusedFull, refusedLate);
    }
}
