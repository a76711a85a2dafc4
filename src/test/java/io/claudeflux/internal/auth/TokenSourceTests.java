package io.claudeflux.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.LogCapture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When a token is fetched, and how often. */
@Timeout(30)
class TokenSourceTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final Hand clock = new Hand();
    private final List<Sinks.One<AccessToken>> fetches = new ArrayList<>();
    private final List<AccessToken> fetched = new ArrayList<>();
    private final List<@Nullable AccessToken> refused = new ArrayList<>();
    private final TokenSource source = new TokenSource(
            spoiled -> {
                Sinks.One<AccessToken> fetch = Sinks.one();
                fetches.add(fetch);
                refused.add(spoiled);
                return fetch.asMono();
            },
            clock,
            Schedulers.parallel());

    @Test
    void nothingIsFetchedBeforeItIsNeeded() {
        Mono<AccessToken> cold = source.token();
        assertThat(fetches).isEmpty();
        StepVerifier.create(cold)
                .then(() -> grant("one", 3_600))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void allWhoWaitShareOneFetch() {
        Mono<List<String>> all = Flux.range(0, 1_000)
                .flatMap(i -> source.token().map(AccessToken::value), 1_000)
                .collectList();
        StepVerifier.create(all)
                .then(() -> grant("one", 3_600))
                .assertNext(values -> assertThat(values).hasSize(1_000).containsOnly("one"))
                .expectComplete()
                .verify(LIMIT);
        assertThat(fetches).hasSize(1);
    }

    @Test
    void withinFiveMinutesOfItsEndTheNextIsFetchedWhileItIsUsed() {
        hold("one", 3_600);
        clock.pass(3_299);
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(1);
        clock.pass(1);
        assertThat(value()).isEqualTo("one");
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(2);
        grant("two", 3_600);
        assertThat(value()).isEqualTo("two");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void withinHalfAMinuteOfItsEndCallsWait() {
        hold("one", 3_600);
        clock.pass(3_569);
        assertThat(value()).isEqualTo("one");
        clock.pass(1);
        StepVerifier.create(source.token().map(AccessToken::value))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(50))
                .then(() -> grant("two", 3_600))
                .expectNext("two")
                .expectComplete()
                .verify(LIMIT);
        assertThat(fetches).as("the fetch that was under way is waited for").hasSize(2);
    }

    @Test
    void fetchThatFailsAheadOfTheEndIsHeardByNobodyAndNotRepeatedForFiveSeconds() {
        try (HookProbe hooks = HookProbe.install();
                LogCapture logs = LogCapture.start("not-in-here")) {
            hold("one", 3_600);
            clock.pass(3_400);
            assertThat(value()).isEqualTo("one");
            fail();
            assertThat(value()).isEqualTo("one");
            clock.pass(4);
            assertThat(value()).isEqualTo("one");
            assertThat(fetches).hasSize(2);
            clock.pass(1);
            assertThat(value()).isEqualTo("one");
            assertThat(fetches).hasSize(3);
            hooks.assertNothingDropped();
            assertThat(logs.newest()).anyMatch(line -> line.startsWith("WARN") && line.contains("no luck"));
        }
    }

    @Test
    void fetchThatFailsIsHeardByThoseWhoWaitAndRepeatedForTheNext() {
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(Flux.merge(
                            source.token().materialize(), source.token().materialize()))
                    .then(this::fail)
                    .assertNext(signal -> assertThat(signal.getThrowable()).isInstanceOf(ConfigurationException.class))
                    .assertNext(signal -> assertThat(signal.getThrowable()).hasMessageContaining("no luck"))
                    .expectComplete()
                    .verify(LIMIT);
        }
        assertThat(fetches).hasSize(2);
    }

    @Test
    void cancelOfOneLeavesTheOthersWaiting() {
        Disposable first = source.token().subscribe();
        StepVerifier.create(source.token().map(AccessToken::value))
                .then(first::dispose)
                .then(() -> grant("one", 3_600))
                .expectNext("one")
                .expectComplete()
                .verify(LIMIT);
        assertThat(fetches).hasSize(1);
    }

    @Test
    void fetchGoesOnWhenNobodyWaitsAndItsTokenIsKept() {
        source.token().subscribe().dispose();
        assertThat(fetches.get(0).currentSubscriberCount()).isEqualTo(1);
        grant("one", 3_600);
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void refusedTokenIsNotUsedAgainAndOnlyThatOne() {
        hold("one", 3_600);
        AccessToken one = token();
        source.reject(one);
        StepVerifier.create(source.token().map(AccessToken::value))
                .then(() -> grant("two", 3_600))
                .expectNext("two")
                .expectComplete()
                .verify(LIMIT);
        assertThat(refused).last().isSameAs(one);
        source.reject(one);
        assertThat(value())
                .as("a refusal that comes late is about the one before")
                .isEqualTo("two");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void refusalWhileTheNextIsFetchedWaitsForThat() {
        hold("one", 3_600);
        clock.pass(3_400);
        AccessToken one = token();
        source.reject(one);
        StepVerifier.create(source.token().map(AccessToken::value))
                .then(() -> grant("two", 3_600))
                .expectNext("two")
                .expectComplete()
                .verify(LIMIT);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void tokenThatLivesShortIsNotFetchedAllTheTime() {
        hold("one", 240);
        clock.pass(119);
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(1);
        clock.pass(1);
        assertThat(value()).isEqualTo("one");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void tokenThatIsSpentWhenItComesIsUsedOnce() {
        hold("one", 10);
        assertThat(fetches).hasSize(1);
        hold("two", 10);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void manyThreadsAtOneMomentFetchOnce() {
        for (int round = 0; round < 500; round++) {
            AtomicInteger count = new AtomicInteger();
            TokenSource raced = new TokenSource(
                    spoiled -> Mono.fromSupplier(() -> {
                        count.incrementAndGet();
                        return new AccessToken("one", clock.instant(), Duration.ofHours(1));
                    }),
                    clock,
                    Schedulers.parallel());
            List<String> values = Flux.range(0, 4)
                    .parallel(4)
                    .runOn(Schedulers.parallel())
                    .concatMap(i -> raced.token().map(AccessToken::value))
                    .sequential()
                    .collectList()
                    .block(LIMIT);
            assertThat(values).hasSize(4).containsOnly("one");
            assertThat(count).hasValue(1);
        }
    }

    @Test
    void tokenThatIsRefusedWhileSomebodyTakesItUpIsNotPutBack() {
        Disposable early = source.token().subscribe();
        // Looks, and sees none; then it comes; who looked takes it up, and before it is kept once more it is refused.
        clock.before(() -> grant("one", 3_600), () -> source.reject(fetched.get(0)));
        source.token().subscribe();
        assertThat(early.isDisposed()).isTrue();
        source.token().subscribe();
        assertThat(fetches).as("the refused one is not handed out").hasSize(2);
    }

    @Test
    void fetchThatEndsWithItsClientIsNoMatterForTheLog() {
        try (LogCapture logs = LogCapture.start("not-in-here")) {
            hold("one", 3_600);
            clock.pass(3_400);
            assertThat(value()).isEqualTo("one");
            fail(new AdmissionException(AdmissionException.Reason.CLOSED, "closed", null, FailureContext.local()));
            assertThat(fetches).hasSize(2);
            assertThat(logs.newest()).noneMatch(line -> line.startsWith("WARN"));
        }
    }

    @Test
    void nobodyWaitsLongerThanAMinuteWhateverTheFetchDoes() {
        VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        TokenSource stuck = new TokenSource(spoiled -> Mono.never(), clock, timer);
        StepVerifier.create(stuck.token())
                .then(() -> timer.advanceTimeBy(Duration.ofSeconds(60)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("60 s"))
                .verify(LIMIT);
    }

    private void hold(String value, long seconds) {
        StepVerifier.create(source.token().map(AccessToken::value))
                .then(() -> grant(value, seconds))
                .expectNext(value)
                .expectComplete()
                .verify(LIMIT);
    }

    private String value() {
        return token().value();
    }

    private AccessToken token() {
        AccessToken token = source.token().block(LIMIT);
        assertThat(token).isNotNull();
        return token;
    }

    private void grant(String value, long seconds) {
        AccessToken token = new AccessToken(value, clock.now, Duration.ofSeconds(seconds));
        fetched.add(token);
        fetches.get(fetches.size() - 1).tryEmitValue(token).orThrow();
    }

    private void fail() {
        fail(new ConfigurationException("test", "no luck", null));
    }

    private void fail(ClaudeException failure) {
        fetches.get(fetches.size() - 1).tryEmitError(failure).orThrow();
    }

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {
        private final Deque<Runnable> interruptions = new ArrayDeque<>();
        private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void pass(long seconds) {
            now = now.plusSeconds(seconds);
        }

        /** What happens while it is looked at, once each. */
        void before(Runnable... events) {
            interruptions.addAll(List.of(events));
        }

        @Override
        public Instant instant() {
            Runnable event = interruptions.poll();
            if (event != null) {
                event.run();
            }
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
