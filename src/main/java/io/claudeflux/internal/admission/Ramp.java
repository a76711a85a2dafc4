package io.claudeflux.internal.admission;

import java.util.concurrent.TimeUnit;

/**
 * A rate of starts that grows from little: in each second at most so many times as many as in the busiest of the ten
 * before, evenly spread, and never less than a floor. It follows what was really used, so that a pause makes it forget.
 *
 * <p>Not thread-safe.
 */
final class Ramp {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS_KEPT = 10;
    /**
     * What may start at once, in seconds' worth: starts that are exactly even would waste what jitter leaves unused.
     */
    private static final double BURST = 0.25;

    private final double floor;
    private final double growth;
    private final int[] starts = new int[SECONDS_KEPT];
    private int second;
    private long secondBegan;
    private int startsInSecond;
    private double rate;
    private double level = 1;
    private long filledAt;

    /**
     * A ramp at its foot.
     *
     * @param floor starts a second that are always allowed
     * @param growth how many times the most of the last seconds is allowed
     * @param now the time, in nanoseconds
     */
    Ramp(double floor, double growth, long now) {
        this.floor = floor;
        this.growth = growth;
        this.rate = floor;
        this.secondBegan = now;
        this.filledAt = now;
    }

    /** Returns how long to wait before the next start; 0 if it may be now. */
    long waitAt(long now) {
        fill(now);
        return level >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - level) / rate * SECOND));
    }

    void started(long now) {
        fill(now);
        level--;
        startsInSecond++;
    }

    /** Returns how many started in the busiest of the last seconds. */
    int busiest(long now) {
        fill(now);
        return Math.max(startsInSecond, busiest());
    }

    /** Returns the starts allowed a second. */
    double rate() {
        return rate;
    }

    private void fill(long now) {
        if (now - secondBegan >= SECOND) {
            turn(now);
        }
        level = Math.min(Math.max(1, rate * BURST), level + (double) (now - filledAt) / SECOND * rate);
        filledAt = now;
    }

    /** The second is over, and others may have passed without a start. */
    private void turn(long now) {
        long passed = (now - secondBegan) / SECOND;
        keep(startsInSecond);
        startsInSecond = 0;
        for (long i = 1; i < Math.min(passed, SECONDS_KEPT + 1); i++) {
            keep(0);
        }
        secondBegan += passed * SECOND;
        rate = Math.max(floor, growth * busiest());
    }

    private int busiest() {
        int most = 0;
        for (int count : starts) {
            most = Math.max(most, count);
        }
        return most;
    }

    private void keep(int count) {
        starts[second] = count;
        second = (second + 1) % SECONDS_KEPT;
    }
}
