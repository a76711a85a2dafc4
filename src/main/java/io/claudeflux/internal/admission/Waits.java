package io.claudeflux.internal.admission;

import java.time.Duration;

/** Counts waits. Not thread-safe: it belongs to the lock of {@link Permits}. */
final class Waits {
    private long granted;
    private Duration waited = Duration.ZERO;
    private long longestNanos;
    private long refusedFull;
    private long refusedLate;

    void granted(long nanos) {
        granted++;
        // A thousand that always wait are past the nanoseconds in a long within four months.
        waited = waited.plusNanos(nanos);
        longestNanos = Math.max(longestNanos, nanos);
    }

    void refusedFull() {
        refusedFull++;
    }

    void refusedLate() {
        refusedLate++;
    }

    WaitCounts copy() {
        return new WaitCounts(granted, waited, Duration.ofNanos(longestNanos), refusedFull, refusedLate);
    }
}
