package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The two clocks that run while a body is waited for: idle, since the wait began, and progress, over all waits since
 * the last event that says more than "still there". Neither runs while nothing is waited for.
 *
 * <p>Knows no threads and no timers. Waits begin and end one after another; {@link #due} and {@link #expired} may be
 * asked from elsewhere by someone who has seen the wait begin, and checks afterwards that it is still the same.
 */
final class ReadClock {
    private static final long NEVER = Long.MAX_VALUE / 4;

    private long idle;
    private long progress;
    private final long origin;
    private long began;
    private long silent;
    private long idleDue = NEVER;
    private long progressDue = NEVER;

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

    /** Whatever comes, and whenever, is of no interest any more: waits that begin from now on never last too long. */
    void ended() {
        idle = NEVER;
        progress = NEVER;
    }

    /** When the wait that began last has lasted too long; {@link Long#MAX_VALUE} for never. */
    long due() {
        long due = Math.min(idleDue, progressDue);
        return due >= NEVER ? Long.MAX_VALUE : due + origin;
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
