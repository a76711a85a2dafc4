package io.claudeflux.internal.auth;

import java.time.Duration;
import java.time.Instant;

/** A token and how long it is good. Prints no piece of it. */
final class AccessToken {
    /** For a token of which nobody said how long it is good. */
    static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    /** With less than this left it may expire on its way. */
    private static final Duration SPENT = Duration.ofSeconds(30);
    /** With less than this left another one is fetched, while it is still used. */
    private static final Duration DUE = Duration.ofMinutes(5);

    private final String value;
    private final Instant expires;
    private final Duration due;

    /**
     * A token.
     *
     * @param value the secret, checked
     * @param received now
     * @param life how long it is good from now on
     */
    AccessToken(String value, Instant received, Duration life) {
        this.value = value;
        this.expires = received.plus(life);
        // One that lives shorter than it takes to be due would be fetched again and again.
        this.due = life.compareTo(DUE.multipliedBy(2)) < 0 ? life.dividedBy(2) : DUE;
    }

    String value() {
        return value;
    }

    Instant expires() {
        return expires;
    }

    /** Whether it is too late to use it. */
    boolean isSpent(Instant now) {
        return !now.isBefore(expires.minus(SPENT));
    }

    /** Whether it is time to fetch the next one. */
    boolean isDue(Instant now) {
        return !now.isBefore(expires.minus(due));
    }

    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]";
    }
}
