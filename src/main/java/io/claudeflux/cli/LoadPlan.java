package io.claudeflux.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much load there is to be: so many streams, started at a rate, and all of those that have a permit open together
 * for a while.
 *
 * @param streams how many in all
 * @param rate how many are started a second
 * @param permits how many may be under way at once
 * @param eventsPerSecond how many events one stream brings a second
 * @param seconds how long all of them stay open together
 * @param hasStopped whether one consumer stops asking
 */
record LoadPlan(int streams, int rate, int permits, double eventsPerSecond, int seconds, boolean hasStopped) {
    private static final int MOST_STREAMS = 20_000;
    private static final int MOST_SECONDS = 3_600;
    private static final double FEWEST_EVENTS = 0.1;
    private static final double MOST_EVENTS = 1_000;

    /** What is wrong with it, in terms of the command's options; null if it can be run. */
    @Nullable String complaint() {
        if (streams < 1 || streams > MOST_STREAMS) {
            return "--streams must be from 1 to " + MOST_STREAMS + " but was " + streams;
        }
        if (rate < 1 || rate > MOST_STREAMS) {
            return "--rate must be from 1 to " + MOST_STREAMS + " but was " + rate;
        }
        if (permits < 1 || permits > MOST_STREAMS) {
            return "--permits must be from 1 to " + MOST_STREAMS + " but was " + permits;
        }
        if (!(eventsPerSecond >= FEWEST_EVENTS && eventsPerSecond <= MOST_EVENTS)) {
            return String.format(
                    Locale.ROOT,
                    "--events-per-second must be from %.1f to %.0f but was %s",
                    FEWEST_EVENTS,
                    MOST_EVENTS,
                    eventsPerSecond);
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            return "--duration must be from 1 to " + MOST_SECONDS + " seconds but was " + seconds;
        }
        boolean leavesOthersNone = hasStopped && concurrent() < 2;
        return leavesOthersNone ? "--stop-one needs at least 2 streams and 2 permits: one is kept" : null;
    }

    /** How many streams are open at the same time once all of them have started. */
    int concurrent() {
        return Math.min(streams, permits);
    }

    long openNanos() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    Duration pace() {
        return Duration.ofMillis(Math.max(1, Math.round(1_000 / eventsPerSecond)));
    }

    /** When to stop waiting: well behind the time at which it should be over, which depends on the machine. */
    Duration longest() {
        return Duration.ofSeconds(10L * concurrent() / rate + seconds)
                .plus(pace())
                .plusMinutes(3);
    }

    /** The arguments of the simulator's process. */
    List<String> simulator() {
        return List.of("simulate", "--port=0", "--pace=" + pace().toMillis(), "--recite");
    }
}
