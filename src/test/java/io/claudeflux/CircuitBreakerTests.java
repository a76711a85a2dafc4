package io.claudeflux;

import static io.claudeflux.simulator.Reply.disconnect;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.stream.StreamEvent;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The circuit breaker of the README around real calls: what it counts, and that it leaves nothing behind. */
class CircuitBreakerTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int CALLS = 4;
    private static final int PROBES = 2;
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(64)
            .user("Hi")
            .build();

    /**
     * A 429 is about this account's quota and says how long to wait, which the client's retries do; it is no outage. So
     * is a request that is too large, refused before it is sent.
     */
    private static final Predicate<Throwable> OUTAGE = e -> e instanceof ApiException api
            ? api.effectiveStatus() >= 500
            : e instanceof TransportException
                    || e instanceof ClockException
                    || (e instanceof StreamException broken && broken.origin() != Origin.LIMIT);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "claude-sonnet-5-5",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(CALLS)
                    .minimumNumberOfCalls(CALLS)
                    .permittedNumberOfCallsInHalfOpenState(PROBES)
                    .recordException(OUTAGE)
                    .ignoreException(OUTAGE.negate())
                    .build());
    private final ClaudeSimulator api = ClaudeSimulator.start();
    private final ClaudeClient claude = client(api.baseUrl(), 1);

    @AfterEach
    void stop() {
        claude.close();
        api.close();
    }

    private static ClaudeClient client(String baseUrl, int permits) {
        return ClaudeClient.builder()
                .apiKey("test")
                .baseUrl(baseUrl)
                .maxConcurrentRequests(permits)
                .maxQueuedRequests(0)
                .retry(RetryPolicy.none())
                .timeouts(Timeouts.defaults().withIdle(Duration.ofMillis(300)))
                .build();
    }

    private Flux<StreamEvent> guarded(ClaudeClient client) {
        return client.messages().stream(REQUEST).transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    static Stream<Arguments> outages() {
        Reply answer = reply("one two three");
        return Map.of(
                        "529", error(529),
                        "500", error(500),
                        "503", error(503),
                        "overloaded as the first event", answer.errorInStream("overloaded_error"),
                        "overloaded behind message_start",
                                answer.errorInStream("overloaded_error").afterEvents(1),
                        "overloaded in the answer",
                                answer.errorInStream("overloaded_error").afterEvents(4),
                        "cut in the answer", answer.cut().afterEvents(4),
                        "ended early", answer.endEarly().afterEvents(4),
                        "no answer", disconnect(),
                        "silence in the answer", answer.stall().afterEvents(3))
                .entrySet()
                .stream()
                .map(outage -> Arguments.of(outage.getKey(), outage.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anOutageOpensItAndNothingMoreIsSent(String name, Reply outage) {
        api.respondWith(request -> outage);

        for (int call = 0; call < CALLS; call++) {
            assertThat(breaker.getState()).as(name).isEqualTo(State.CLOSED);
            Outcome.of(guarded(claude)).error(ClaudeException.class);
        }

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        for (int call = 0; call < 10; call++) {
            Outcome.of(guarded(claude)).error(CallNotPermittedException.class);
        }
        assertThat(api.requests()).hasSize(CALLS);
    }

    @Test
    void aServerThatIsNotThereOpensIt() {
        try (ClaudeClient dead = client("http://127.0.0.1:" + ScriptedServer.closedPort(), 1)) {
            for (int call = 0; call < CALLS; call++) {
                Outcome.of(guarded(dead)).error(TransportException.class);
            }
        }
        assertThat(breaker.getState()).isEqualTo(State.OPEN);
    }

    static Stream<Reply> answersOfAServerThatIsWell() {
        return Stream.of(
                error(400),
                error(401),
                error(403),
                error(404),
                error(413),
                error(429),
                error(429).code("enforced_spend_limit_reached"),
                reply("never").errorInStream("rate_limit_error"),
                reply("never").errorInStream("invalid_request_error"));
    }

    @ParameterizedTest
    @MethodSource("answersOfAServerThatIsWell")
    void whatIsTheCallersOwnFaultCountsNeitherWay(Reply answer) {
        api.respondWith(request -> answer);

        for (int call = 0; call < 2 * CALLS; call++) {
            Outcome.of(guarded(claude)).error(ApiException.class);
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void whatWasNeverSentCountsNeitherWay() {
        api.respondWith(request -> reply("never").stall());
        MessageRequest unsendable =
                REQUEST.toBuilder().header("host", "elsewhere").build();
        Disposable busy = claude.messages().stream(REQUEST).subscribe();
        Await.untilOrFail("a busy permit", WAIT, () -> api.activeStreams() == 1);

        Outcome.of(guarded(claude)).error(ClaudeException.class);
        busy.dispose();
        Outcome.of(claude.messages().stream(unsendable).transformDeferred(CircuitBreakerOperator.of(breaker)))
                .error(ClaudeException.class);
        claude.close();
        Outcome.of(guarded(claude)).error(ClaudeException.class);

        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void aCancelIsNoFailureAndGivesItsPermitBack() {
        api.respondWith(request -> reply("one two three").stall().afterEvents(4));

        for (int call = 0; call < 2 * CALLS; call++) {
            guarded(claude).take(1 + call % 3).blockLast(WAIT);
        }
        Disposable early = guarded(claude).subscribe();
        early.dispose();
        api.respondWith(request -> reply("done"));

        assertThat(Outcome.of(guarded(claude)).isComplete()).isTrue();
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void aBreakerThatWasOpenLeavesTheOnlyPermitFree() {
        breaker.transitionToOpenState();
        for (int call = 0; call < 20; call++) {
            Outcome.of(guarded(claude)).error(CallNotPermittedException.class);
        }
        assertThat(api.requests()).isEmpty();

        breaker.transitionToClosedState();

        assertThat(Outcome.of(guarded(claude)).isComplete()).isTrue();
    }

    @Test
    void halfOpenLetsAsManyProbesThroughAsItIsToldAndTheirSuccessClosesIt() {
        api.respondWith(request -> reply("probe").initialDelay(Duration.ofSeconds(1)));
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        try (ClaudeClient wide = client(api.baseUrl(), 16)) {
            List<Throwable> refused = new CopyOnWriteArrayList<>();
            List<StreamEvent> events = new CopyOnWriteArrayList<>();
            for (int call = 0; call < 8; call++) {
                Disposable unused = guarded(wide).subscribe(events::add, refused::add);
            }
            assertThat(refused).hasSize(8 - PROBES).hasOnlyElementsOfType(CallNotPermittedException.class);

            Await.untilOrFail("the verdict", WAIT, () -> breaker.getState() == State.CLOSED);

            assertThat(api.requests()).hasSize(PROBES);
            assertThat(Outcome.of(guarded(wide)).isComplete()).isTrue();
        }
    }

    @Test
    void aProbeThatIsCancelledMakesRoomForAnother() {
        api.respondWith(request -> reply("probe").initialDelay(Duration.ofSeconds(5)));
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        for (int probe = 0; probe < PROBES; probe++) {
            Disposable call = guarded(claude).subscribe();
            call.dispose();
        }
        api.respondWith(request -> reply("well again"));

        for (int probe = 0; probe < PROBES; probe++) {
            assertThat(Outcome.of(guarded(claude)).isComplete()).isTrue();
        }
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void anotherAnswersFromTheOutageUntilTheProbesSayThatItIsOver() {
        try (ClaudeSimulator elsewhere = ClaudeSimulator.start();
                ClaudeClient other = client(elsewhere.baseUrl(), 1)) {
            Flux<StreamEvent> answer = guarded(claude)
                    .onErrorResume(CallNotPermittedException.class, open -> other.messages().stream(REQUEST));
            api.respondWith(
                    request -> reply("lost").errorInStream("overloaded_error").afterEvents(1));
            for (int call = 0; call < CALLS; call++) {
                Outcome.of(answer).error(ApiException.class);
            }
            for (int call = 0; call < 5; call++) {
                assertThat(Outcome.of(answer).isComplete()).isTrue();
            }
            assertThat(api.requests()).hasSize(CALLS);
            assertThat(elsewhere.requests()).hasSize(5);

            api.respondWith(request -> reply("back"));
            breaker.transitionToHalfOpenState();
            for (int call = 0; call < 5; call++) {
                assertThat(Outcome.of(answer).isComplete()).isTrue();
            }

            assertThat(breaker.getState()).isEqualTo(State.CLOSED);
            assertThat(api.requests()).hasSize(CALLS + 5);
            assertThat(elsewhere.requests()).hasSize(5);
        }
    }

    @Test
    void aCallThatIsHealedInsideIsOneSuccess() {
        api.enqueue(error(529), reply("healed"));
        CallOptions patient = CallOptions.none()
                .withRetry(RetryPolicy.defaults().withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)));

        assertThat(Outcome.of(claude.messages().with(patient).stream(REQUEST)
                                .transformDeferred(CircuitBreakerOperator.of(breaker)))
                        .isComplete())
                .isTrue();
        assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
    }
}
