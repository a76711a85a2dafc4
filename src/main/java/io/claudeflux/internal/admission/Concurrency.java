package io.claudeflux.internal.admission;

import java.util.concurrent.TimeUnit;

/**
 * How many attempts may be under way at a time: a fixed number, or one that follows what the server can take. That one
 * is cut by three tenths when an attempt is turned away for load, and grows by one when as many have completed as it
 * allows. How long answers take says nothing here: that is decided by how long they are.
 *
 * <p>Not thread-safe.
 */
final class Concurrency {
    private static final double CUT = 0.7;
    private static final long SHORTEST_BETWEEN_CUTS = TimeUnit.SECONDS.toNanos(1);

    private final int min;
    private final int max;
    private int limit;
    private int completions;
    private boolean wasCut;
    private long cutAt;

    /**
     * Starts at the most.
     *
     * @param min the least; the most for a number that is fixed
     * @param max the most
     */
    Concurrency(int min, int max) {
        this.min = min;
        this.max = max;
        this.limit = max;
    }

    int limit() {
        return limit;
    }

    /**
     * An attempt completed cleanly.
     *
     * @param inFlight how many were under way, it included: a limit that is not used is not raised
     */
    void completed(int inFlight) {
        if (limit < max && inFlight * 2 >= limit && ++completions >= limit) {
            completions = 0;
            limit++;
        }
    }

    /**
     * An attempt was turned away.
     *
     * @param startedAt when it began: those that began ahead of the last cut say nothing about what came of it
     */
    void turnedAway(long startedAt, long now) {
        if (wasCut && (startedAt - cutAt <= 0 || now - cutAt < SHORTEST_BETWEEN_CUTS)) {
            return;
        }
        wasCut = true;
        cutAt = now;
        completions = 0;
        limit = Math.max(min, (int) (limit * CUT));
    }
}
