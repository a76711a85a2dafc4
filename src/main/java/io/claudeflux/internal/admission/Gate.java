package io.claudeflux.internal.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everyone back whom the server would send away again: closed by a 429 that says for how long, and afterwards
 * open a little at first, so that those who waited do not all come at once.
 *
 * <p>Not thread-safe.
 */
final class Gate {
    /** A server that asks for more is believed for so long, and asked again. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** How long starts are counted once it is open. */
    private static final long RAMP = TimeUnit.SECONDS.toNanos(10);

    /** Starts in the first second: so many, or a quarter of those in the busiest second ahead of the pause. */
    private static final double LEAST = 4;

    private static final double SHARE = 0.25;
    private static final double GROWTH = 2;

    /** What started when it was open; it holds nobody back. */
    private final Ramp history;

    private @Nullable Ramp ramp;
    private double startsAtFirst;
    private long opensAt;

    Gate(long now) {
        this.history = new Ramp(1, 1, now);
    }

    /** Closes it for so long; a shorter time than is left changes nothing. */
    void close(Duration length, long now) {
        long nanos = (length.compareTo(LONGEST) > 0 ? LONGEST : length).toNanos();
        long until = now + nanos;
        if (ramp == null || until - opensAt > 0) {
            double atFirst = Math.max(LEAST, SHARE * history.busiest(now));
            // What was ahead of a pause is forgotten by those who make it longer.
            startsAtFirst = closedFor(now).isZero() ? atFirst : Math.max(startsAtFirst, atFirst);
            opensAt = until;
            ramp = new Ramp(startsAtFirst, GROWTH, until);
        }
    }

    /** Returns how long to wait for the next start; 0 if it may be now. */
    long waitAt(long now) {
        Ramp slope = ramp;
        if (slope == null) {
            return 0;
        }
        if (now - opensAt >= RAMP) {
            ramp = null;
            return 0;
        }
        return now - opensAt < 0 ? opensAt - now : slope.waitAt(now);
    }

    /** Returns how long it stays closed for everyone; 0 if it is open, if only a little. */
    Duration closedFor(long now) {
        return ramp != null && now - opensAt < 0 ? Duration.ofNanos(opensAt - now) : Duration.ZERO;
    }

    /** Whether it keeps nobody back and remembers nothing. */
    boolean isForgotten(long now) {
        return waitAt(now) == 0 && ramp == null;
    }

    void started(long now) {
        history.started(now);
        if (ramp != null && now - opensAt >= 0) {
            ramp.started(now);
        }
    }
}
