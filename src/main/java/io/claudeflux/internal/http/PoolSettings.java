package io.claudeflux.internal.http;

import java.time.Duration;

/**
 * How many connections there are, and how long they are kept.
 *
 * @param maxConnections the most connections; as many as calls may be under way, so that none waits for one
 * @param maxIdle how long one may lie unused
 * @param maxLife how old one may be when it is handed out, a fifth more or less: each has a limit of its own, so that
 *     those that were made together do not end together
 */
public record PoolSettings(int maxConnections, Duration maxIdle, Duration maxLife) {
    /** Load balancers close idle connections after 30 s and more: ours go first, so that few are found dead. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);
    /** An address that is taken out of the DNS is left within this time. */
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);

    /**
     * As many connections as that, kept as long as is good in general.
     *
     * @param maxConnections the most connections
     * @return the settings
     */
    public static PoolSettings of(int maxConnections) {
        return new PoolSettings(maxConnections, MAX_IDLE, MAX_LIFE);
    }
}
