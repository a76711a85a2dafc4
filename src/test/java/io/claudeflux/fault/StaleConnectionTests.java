package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.TransportException.Kind;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.OpenSockets;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.ServerConnection;
import io.claudeflux.fixture.Step;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection of the pool that turns out to be dead costs no attempt, and nobody hears of it. */
@Timeout(60)
class StaleConnectionTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    static Stream<Arguments> ends() {
        return Stream.of(Arguments.of("FIN", fin()), Arguments.of("RST", rst()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aRequestLostOnAUsedConnectionGoesOutOnANewOne(String name, Step end) {
        AtomicInteger attempts = new AtomicInteger();
        CallListener listener = new CallListener() {
            @Override
            public void onAttempt(Attempt attempt) {
                attempts.incrementAndGet();
            }
        };
        try (FaultBench bench = pool(1, RetryPolicy.none(), GOOD, reply(end), GOOD)) {
            done("hi").accept(bench.stream());
            done("hi")
                    .accept(bench.observe(
                            bench.client().messages().with(CallOptions.none().withListener(listener)).stream(
                                    FaultBench.request())));
            assertThat(attempts).hasValue(1);
            assertThat(bench.server().reqs()).isEqualTo(3);
            assertThat(bench.server().request(2).connection()).isEqualTo(1);
            assertThat(bench.server().request(2).header("x-stainless-retry-count"))
                    .contains("0");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void theDeadConnectionIsClosedBeforeTheRequestGoesOutAgain(String name, Step end) {
        assumeThat(OpenSockets.areKnown()).isTrue();
        AtomicReference<@Nullable ServerConnection> first = new AtomicReference<>();
        List<Boolean> open = new CopyOnWriteArrayList<>();
        Step remember = first::set;
        Step look = connection -> open.add(OpenSockets.isOpen(Objects.requireNonNull(first.get())));
        try (FaultBench bench = pool(
                1, RetryPolicy.none(), GOOD, reply(remember, end), reply(look, h200(), chunk(good("hi")), end()))) {
            done("hi").accept(bench.stream());
            done("hi").accept(bench.stream());
            assertThat(open).containsExactly(false);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void onlyOnceAndThenItIsAFailure(String name, Step end) {
        try (FaultBench bench = pool(1, RetryPolicy.none(), GOOD, reply(end))) {
            done("hi").accept(bench.stream());
            expectLost(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(3);
            assertThat(bench.server().conns()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aConnectionThatWasNeverUsedIsNotStale(String name, Step end) {
        try (FaultBench bench = pool(1, RetryPolicy.none(), reply(end), GOOD)) {
            expectLost(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aRequestThatMustNotBeRepeatedIsNot(String name, Step end) {
        RetryPolicy careful = FaultBench.RETRY.withRetryAmbiguous(false);
        try (FaultBench bench = pool(1, careful, GOOD, reply(end), GOOD)) {
            done("hi").accept(bench.stream());
            expectLost(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    void aByteThatCameBackMakesItAFailure() {
        try (FaultBench bench = pool(1, RetryPolicy.none(), GOOD, reply(raw("H"), fin()), GOOD)) {
            done("hi").accept(bench.stream());
            bench.stream().error(ClaudeException.class);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    void silenceIsNotStale() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.maxConcurrentRequests(1)
                        .retry(RetryPolicy.none())
                        .timeouts(Hang.only(ClockException.Clock.FIRST_BYTE, SOON.dividedBy(20))),
                GOOD,
                reply(hang()),
                GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(bench.stream().error(ClockException.class).clock()).isEqualTo(ClockException.Clock.FIRST_BYTE);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    void theSecondConnectionIsNoneOfThePool() {
        Gate both = new Gate();
        Script together = reply(await(both), h200(), chunk(good("hi")), end());
        try (FaultBench bench = pool(2, RetryPolicy.none(), together, together, reply(rst()), GOOD)) {
            Recorder<StreamEvent> one =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            Recorder<StreamEvent> two =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            bench.server().awaitReqs(2, SOON);
            both.open();
            done("hi").accept(one.outcome(SOON));
            done("hi").accept(two.outcome(SOON));
            done("hi").accept(bench.stream());
            assertThat(bench.server().request(3).connection()).isEqualTo(2);
        }
    }

    @Test
    void aFailureBehindItSaysThatTheFirstMayHaveBeenServed() {
        try (FaultBench bench = pool(
                1, RetryPolicy.none(), GOOD, reply(rst()), reply(json(529, errorJson("overloaded_error", "busy"))))) {
            done("hi").accept(bench.stream());
            OverloadedException failure = bench.stream().error(OverloadedException.class);
            assertThat(failure.isAmbiguous()).isTrue();
            assertThat(failure.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aCancelOfTheSecondRequestClosesItsConnection() throws InterruptedException {
        try (FaultBench bench = pool(1, RetryPolicy.none(), GOOD, reply(rst()), reply(hang()))) {
            done("hi").accept(bench.stream());
            Recorder<StreamEvent> call =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            bench.server().awaitReqs(3, SOON);
            call.cancel();
            bench.server().connection(1).awaitPeerClose(Duration.ofMillis(500));
            assertThat(call.terminals()).isZero();
        }
    }

    /** Without any retry, and without sending a request again that may have been served. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"while it is sent", "while it is answered"})
    void aCallRightBehindACancelledOneGetsAConnectionThatLasts(String when) {
        try (HookProbe hooks = HookProbe.install();
                ScriptedServer server = ScriptedServer.start(
                        reply(h200(), chunk(ms() + bs(0) + d(0, "hi") + be(0)), chunk(md() + st()), end()));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl(server.baseUrl())
                        .maxConcurrentRequests(2)
                        .retry(RetryPolicy.none().withRetryAmbiguous(false))
                        .build()) {
            for (int i = 0; i < 60; i++) {
                Recorder<StreamEvent> first =
                        Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
                if (when.endsWith("answered")) {
                    first.awaitValues(i % 7, SOON);
                } else {
                    spin(i * 1_000);
                }
                first.cancel();
                Outcome<StreamEvent> next = Outcome.of(client.messages().stream(FaultBench.request()));
                assertThat(next.isComplete()).as("%d: %s", i, next.describe()).isTrue();
            }
            hooks.assertNothingDropped();
        }
    }

    private static void spin(int times) {
        for (int spin = 0; spin < times; spin++) {
            Thread.onSpinWait();
        }
    }

    /** With as many connections as are meant to be used again: none is made because the last is not back yet. */
    private static FaultBench pool(int size, RetryPolicy retry, Script... scripts) {
        return FaultBench.serving(b -> b.maxConcurrentRequests(size).retry(retry), scripts);
    }

    private static void expectLost(Outcome<StreamEvent> outcome) {
        TransportException failure = outcome.error(TransportException.class);
        assertThat(failure.kind()).isIn(Kind.NO_RESPONSE, Kind.RESET);
        assertThat(failure.isAmbiguous()).isTrue();
        assertThat(failure.attempts()).isEqualTo(1);
    }
}
