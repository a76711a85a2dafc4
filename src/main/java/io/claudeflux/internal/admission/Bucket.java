package io.claudeflux.internal.admission;

import java.util.concurrent.TimeUnit;

/**
 * What is left of one limit: refilled continuously, up to ten seconds' worth. The server keeps up to a minute's; what
 * is not used of that makes up for estimates that are wrong.
 *
 * <p>May be overdrawn, by one that is larger than what there can ever be, or was larger than it seemed. Not
 * thread-safe.
 */
final class Bucket {
    private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final double BURST_MINUTES = 1.0 / 6;

    /** 0 while no limit is known. */
    private long perMinute;

    private double level;
    private long filledAt;

    /** Sets the limit; the first one fills it. */
    void limit(long newPerMinute, long now) {
        fill(now);
        boolean isFirst = perMinute == 0;
        perMinute = newPerMinute;
        level = isFirst ? capacity() : Math.min(level, capacity());
    }

    /** Returns how long it takes until so much may be taken. */
    long waitAt(double amount, long now) {
        fill(now);
        double missing = Math.min(amount, capacity()) - level;
        return perMinute == 0 || missing <= 0 ? 0 : Math.max(1, (long) Math.ceil(missing / perMinute * MINUTE));
    }

    void take(double amount, long now) {
        fill(now);
        level -= amount;
    }

    /** Gives back what was not needed, or takes what more was. */
    void correct(double amount, long now) {
        fill(now);
        level = Math.min(level + amount, capacity());
    }

    /** Somebody who knows says that there is no more than this. */
    void atMost(double remaining, long now) {
        fill(now);
        level = Math.min(level, remaining);
    }

    long perMinute() {
        return perMinute;
    }

    long level(long now) {
        fill(now);
        return Math.round(level);
    }

    /** Whether nothing of it is used, as far as anybody knows. */
    boolean isFull(long now) {
        fill(now);
        return level >= capacity();
    }

    private double capacity() {
        return perMinute * BURST_MINUTES;
    }

    private void fill(long now) {
        level = perMinute == 0 ? 0 : Math.min(capacity(), level + (double) (now - filledAt) / MINUTE * perMinute);
        filledAt = now;
    }
}
