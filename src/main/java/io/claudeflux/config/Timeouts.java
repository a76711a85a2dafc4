package io.claudeflux.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How long each part of a call may take. Six clocks, each for one thing, so that a limit does what its name says and
 * nothing else; an error says which one ran out and what its limit was.
 *
 * <p>A limit is from 1 ms to 7 days; {@link Duration#ZERO} switches a clock off. Copies with one value changed are made
 * with the {@code withX} methods.
 *
 * @param connect from asking for a connection until it stands, for each attempt: finding the address, trying each that
 *     a name has, a proxy and TLS included; 10 s by default
 * @param queue waiting for a turn, all attempts of a call together; 30 s by default
 * @param firstByte from the moment the request is written to the head of the response, for each attempt; 180 s by
 *     default, and 1 s more for each 32 KiB of the request's body
 * @param idle between two bytes of the body, pings included; 120 s by default. It stands still while the subscriber
 *     asks for nothing: a slow consumer is not a stall
 * @param progress between two events of the body that are no pings; 300 s by default. It stands still as {@code idle}
 *     does
 * @param total the whole call as its subscriber sees it: queue, attempts, waits between them, and the time it takes to
 *     read; off by default, recommended for servers
 */
public record Timeouts(
        Duration connect, Duration queue, Duration firstByte, Duration idle, Duration progress, Duration total) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int UPLOAD_BYTES_PER_SECOND = 32 << 10;
    private static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(180),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            Duration.ZERO);

    /**
     * Takes limits that make sense.
     *
     * @throws IllegalArgumentException if a limit is neither zero nor from 1 ms to 7 days
     */
    public Timeouts {
        check("connect", connect);
        check("queue", queue);
        check("firstByte", firstByte);
        check("idle", idle);
        check("progress", progress);
        check("total", total);
    }

    /**
     * The defaults named at each value.
     *
     * @return the default limits
     */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /**
     * Changes the limit of the connect clock.
     *
     * @param limit the new limit; zero for none but the operating system's
     * @return a copy
     */
    public Timeouts withConnect(Duration limit) {
        return new Timeouts(limit, queue, firstByte, idle, progress, total);
    }

    /**
     * Changes the limit of the queue clock.
     *
     * @param limit the new limit; zero for none
     * @return a copy
     */
    public Timeouts withQueue(Duration limit) {
        return new Timeouts(connect, limit, firstByte, idle, progress, total);
    }

    /**
     * Changes the limit of the first-byte clock.
     *
     * @param limit the new limit, for a request without a body; zero for none
     * @return a copy
     */
    public Timeouts withFirstByte(Duration limit) {
        return new Timeouts(connect, queue, limit, idle, progress, total);
    }

    /**
     * Changes the limit of the idle clock.
     *
     * @param limit the new limit; zero for none. The longest silence between pings that was reported is 30 s
     * @return a copy
     */
    public Timeouts withIdle(Duration limit) {
        return new Timeouts(connect, queue, firstByte, limit, progress, total);
    }

    /**
     * Changes the limit of the progress clock.
     *
     * @param limit the new limit; zero for none. Silent thinking of minutes is healthy
     * @return a copy
     */
    public Timeouts withProgress(Duration limit) {
        return new Timeouts(connect, queue, firstByte, idle, limit, total);
    }

    /**
     * Changes the limit of the total clock.
     *
     * @param limit the new limit; zero for none
     * @return a copy
     */
    public Timeouts withTotal(Duration limit) {
        return new Timeouts(connect, queue, firstByte, idle, progress, limit);
    }

    /**
     * The limit of the first-byte clock for a request of a certain size: uploads take their time.
     *
     * @param bodyBytes the size of the request's body
     * @return {@code firstByte} and 1 s for each 32 KiB; zero if the clock is off
     */
    public Duration firstByteOf(int bodyBytes) {
        return firstByte.isZero() ? firstByte : firstByte.plusSeconds(bodyBytes / UPLOAD_BYTES_PER_SECOND);
    }

    private static void check(String name, Duration limit) {
        Objects.requireNonNull(limit, name);
        boolean isLimit = limit.compareTo(SHORTEST) >= 0 && limit.compareTo(LONGEST) <= 0;
        if (!isLimit && !limit.isZero()) {
            throw new IllegalArgumentException(name + " must be zero, or 1 ms to 7 days, but was " + limit);
        }
    }
}
