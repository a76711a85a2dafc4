package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The two clocks that run while a body is waited for: idle, since the wait began, and progress, over all waits since
 * the last event that says more than "still there". Neither runs while nothing is waited for.
 *
 * <p>Knows no threads and no timers. Waits begin and end one after another; {@link #expired} may be asked from
 * elsewhere by someone who checks afterwards that the wait is still the same.
 */
final class ReadClock {
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final long idle;
    private final long progress;
    private final long origin;
    private long began;
    private long silent;
    private volatile long idleDue = NEVER;
    private volatile long progressDue = NEVER;

    ReadClock(Timeouts limits, long now) {
        this.idle = limits.idle().isZero() ? NEVER : limits.idle().toNanos();
        this.progress = limits.progress().isZero() ? NEVER : limits.progress().toNanos();
        this.origin = now;
    }

    /** A wait begins; the answer is when it has lasted too long. */
    long begin(long now) {
        began = now - origin;
        idleDue = began + idle;
        progressDue = began + progress - silent;
        return due();
    }

    /** The wait is over: something came. */
    void end(long now) {
        silent += now - origin - began;
    }

    /** What came is more than a ping. */
    void progressed() {
        silent = 0;
    }

    /** When the wait that began last has lasted too long. */
    long due() {
        return Math.min(idleDue, progressDue) + origin;
    }

    /** The clock that ran out first during the wait that began last, or null. */
    @Nullable Clock expired(long now) {
        long at = now - origin;
        if (at < idleDue && at < progressDue) {
            return null;
        }
        return idleDue <= progressDue ? Clock.IDLE : Clock.PROGRESS;
    }
}
