package io.claudeflux.internal.auth;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The access token of a client, fetched when it is needed, ahead of its end, and once for all who wait.
 *
 * <p>With more than five minutes left it is handed out; with less it still is, and the next one is fetched meanwhile;
 * with half a minute left everybody waits for that. After a fetch that failed, those who need not wait leave the server
 * alone for five seconds.
 *
 * <p>A fetch that has begun goes on when nobody waits for it any more: what it trades may be good for one time only,
 * and whoever comes next has use for what it brings. Its own limit of time ends it, or the end of its client's
 * connections; should neither, nobody waits for it longer than a minute. Thread-safe.
 */
final class TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenSource.class);
    private static final Duration BACK_OFF = Duration.ofSeconds(5);

    /** More than what is supplied and the exchange may take together: reading a file has no limit of its own. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Fetch fetch;
    private final Clock clock;
    private final Scheduler timer;
    private final AtomicReference<@Nullable AccessToken> held = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<AccessToken>> flight = new AtomicReference<>();
    private volatile @Nullable AccessToken refused;
    private volatile Instant patientUntil = Instant.MIN;

    /** Where tokens come from. */
    interface Fetch {
        /**
         * Gets a token.
         *
         * @param refused the one that the server has refused last, which must not be got again; null if there is none
         * @return cold
         */
        Mono<AccessToken> fetch(@Nullable AccessToken refused);
    }

    /** A source that has no token yet. */
    TokenSource(Fetch fetch, Clock clock, Scheduler timer) {
        this.fetch = fetch;
        this.clock = clock;
        this.timer = timer;
    }

    /** A token that can be used. */
    Mono<AccessToken> token() {
        return Mono.defer(() -> {
            AccessToken token = held.get();
            Instant now = clock.instant();
            if (token == null || token.isSpent(now)) {
                return waited();
            }
            boolean isDue = token.isDue(now) && !now.isBefore(patientUntil);
            // Asking for both starts the fetch; the token that is there wins, and leaves the fetch to itself.
            return isDue ? Mono.firstWithValue(fetched(), Mono.just(token)) : Mono.just(token);
        });
    }

    /** The server has refused a token; it is not used again, unless another one has taken its place already. */
    void reject(AccessToken token) {
        refused = token;
        held.compareAndSet(token, null);
    }

    /** Each who waits gets an exception of its own: what is added to one must not be added to all. */
    private Mono<AccessToken> waited() {
        return fetched()
                .timeout(LONGEST, Mono.error(TokenSource::overdue), timer)
                .onErrorMap(ClaudeException.class, failure -> failure.withContext(failure.context()))
                .checkpoint("POST " + TokenRequest.PATH + " (token exchange)");
    }

    private static ConfigurationException overdue() {
        return new ConfigurationException(
                "profile",
                "no access token within " + LONGEST.toSeconds() + " s: is a file that it is read from on a disk that"
                        + " does not answer, or a pipe?",
                null);
    }

    private Mono<AccessToken> fetched() {
        Mono<AccessToken> next = Mono.defer(this::missing)
                .doOnNext(this::keep)
                .doOnError(this::fail)
                .cache();
        Mono<AccessToken> current = flight.compareAndExchange(null, next);
        return current == null ? next : current;
    }

    /** Whoever looked a moment ago may have seen a token that was replaced since. */
    private Mono<AccessToken> missing() {
        AccessToken token = held.get();
        Instant now = clock.instant();
        return token == null || token.isDue(now) || token.isSpent(now) ? fetch.fetch(refused) : Mono.just(token);
    }

    private void keep(AccessToken token) {
        held.set(token);
        if (token == refused) {
            // It was the one before, refused after somebody who found it here had taken it up.
            held.compareAndSet(token, null);
        }
        flight.set(null);
    }

    private void fail(Throwable failure) {
        patientUntil = clock.instant().plus(BACK_OFF);
        flight.set(null);
        AccessToken token = held.get();
        boolean isClosed = failure instanceof AdmissionException;
        if (token != null && !token.isSpent(clock.instant()) && !isClosed) {
            LOG.warn(
                    "the access token could not be refreshed ahead of its end, {}; it is used until then: {}",
                    token.expires(),
                    failure instanceof ClaudeException known
                            ? known.getMessage()
                            : failure.getClass().getName());
        }
    }
}
