package io.claudeflux.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time limit passed; {@link #clock()} says which. The connection was closed. */
public final class ClockException extends ClaudeException {
    /** The clocks, each with a limit of its own. */
    public enum Clock {
        /** From the start of an attempt to a connection, TLS included. */
        CONNECT,
        /** Waiting for a permit. When it runs out, that is an {@link AdmissionException}: {@code QUEUE_TIMEOUT}. */
        QUEUE,
        /** From the request to the response's headers. */
        FIRST_BYTE,
        /** Between two bytes of the body, pings included. */
        IDLE,
        /** Between two events of the body that are no pings. */
        PROGRESS,
        /** The whole call. */
        TOTAL
    }

    /** Which clock ran out. */
    private final Clock clock;
    /** Its limit. */
    private final Duration limit;

    /**
     * A clock that ran out.
     *
     * @param clock which one
     * @param limit its limit
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    public ClockException(Clock clock, Duration limit, @Nullable Throwable cause, FailureContext context) {
        super(
                "the " + clock.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                        + " clock passed its limit of " + limit.toMillis() + " ms",
                cause,
                context);
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Which clock ran out.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * The limit that was in force.
     *
     * @return the limit
     */
    public Duration limit() {
        return limit;
    }

    @Override
    public String label() {
        return label("clock", clock);
    }

    @Override
    public Origin origin() {
        return Origin.CLOCK;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new ClockException(clock, limit, getCause(), context);
    }
}
