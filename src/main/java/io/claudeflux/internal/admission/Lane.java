package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all attempts have in common that count against the same limits of the server: those of one model. Holding one
 * lane back keeps no other waiting.
 *
 * <p>Not thread-safe: it belongs to the lock of {@link Permits}.
 */
final class Lane {
    private static final Pattern DATE = Pattern.compile("[-@]20\\d{6}$");

    private final String name;
    private final Gate gate;
    private int waiting;
    private int inFlight;

    /** The one for whom the limiter is being asked; the others of the lane wait until it has answered. */
    private @Nullable Hold<?> asking;

    private boolean isTooSlow;

    Lane(String name, long now) {
        this.name = name;
        this.gate = new Gate(now);
    }

    /** The model without the date of its snapshot, which has no limits of its own; its fast variant has. */
    static String nameOf(Estimate estimate) {
        String model = DATE.matcher(estimate.model()).replaceFirst("");
        return estimate.isFast() ? model + " (fast)" : model;
    }

    String name() {
        return name;
    }

    /** Whether the first of those who wait may go, as far as the lane decides. */
    boolean isReady(long now) {
        return asking == null && gate.waitAt(now) == 0;
    }

    /** Whether one may go for whom the limiter has been asked. */
    boolean isOpen(long now) {
        return gate.waitAt(now) == 0;
    }

    /** Returns how long it takes until someone may go; 0 if that is no question of time. */
    long waitAt(long now) {
        return gate.waitAt(now);
    }

    void close(Duration length, long now) {
        gate.close(length, now);
    }

    Duration closedFor(long now) {
        return gate.closedFor(now);
    }

    void started(long now) {
        gate.started(now);
        inFlight++;
        isTooSlow = false;
    }

    /** Somebody's time was up whom nothing else kept back. */
    void wasTooSlow() {
        isTooSlow = true;
    }

    /** Whether that is the last that is known, as where the limiter was asked for nobody else. */
    boolean isTooSlow() {
        return isTooSlow;
    }

    void ended() {
        inFlight--;
    }

    void joined() {
        waiting++;
    }

    void left() {
        waiting--;
    }

    int waiting() {
        return waiting;
    }

    int inFlight() {
        return inFlight;
    }

    @Nullable Hold<?> asking() {
        return asking;
    }

    void ask(Hold<?> hold) {
        asking = hold;
    }

    /** The limiter has answered, or nobody wants to know any more; false if it was asked for somebody else. */
    boolean asked(Hold<?> hold) {
        if (asking != hold) {
            return false;
        }
        asking = null;
        return true;
    }

    /** Whether nothing is lost if it is made anew for the next attempt. */
    boolean isForgettable(long now) {
        return waiting == 0 && inFlight == 0 && asking == null && gate.isForgotten(now);
    }
}
