package io.claudeflux.simulator;

import java.util.concurrent.TimeUnit;

/**
 * The API's limit on how fast usage may grow: within one second at most twice as many requests as in the busiest of the
 * {@value #MEMORY} seconds before it, and always as many as a floor. Seconds are counted from the first request, so
 * that one outcome follows from one sequence of times. Confined to its {@link Quota}'s lock.
 */
final class RampLimit {

    private static final int MEMORY = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int floor;
    private final long startNanos;

    /** Requests let in by second, the one under way included; a second's place is its number modulo the length. */
    private final int[] counts = new int[MEMORY + 1];

    private long second;

    /** A floor of zero is no limit. */
    RampLimit(int floor, long startNanos) {
        this.floor = floor;
        this.startNanos = startNanos;
    }

    /** How long a request must wait: zero, or until the next second begins. */
    double secondsUntilAllowed(long nowNanos) {
        if (floor == 0) {
            return 0;
        }
        advance(nowNanos);
        if (counts[place(second)] < allowed()) {
            return 0;
        }
        return (SECOND - (nowNanos - startNanos) % SECOND) / (double) SECOND;
    }

    /** Books one request at the time that was last asked about. */
    void take() {
        counts[place(second)]++;
    }

    private int allowed() {
        int most = 0;
        for (long before = second - MEMORY; before < second; before++) {
            most = Math.max(most, counts[place(before)]);
        }
        return Math.max(floor, 2 * most);
    }

    private void advance(long nowNanos) {
        long now = (nowNanos - startNanos) / SECOND;
        for (long next = Math.max(second + 1, now - MEMORY); next <= now; next++) {
            counts[place(next)] = 0;
        }
        second = Math.max(second, now);
    }

    private static int place(long second) {
        return (int) Math.floorMod(second, (long) (MEMORY + 1));
    }
}
