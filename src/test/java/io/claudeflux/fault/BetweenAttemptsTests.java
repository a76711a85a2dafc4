package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static io.claudeflux.fixture.Steps.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.OpenSockets;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ServerConnection;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The end of one attempt and the beginning of the next: nothing of the old one is left, and a cancel ends it all. */
@Timeout(60)
class BetweenAttemptsTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofMillis(200);
    /** Waits long enough that the order of two threads' notes says something about the order of events. */
    private static final RetryPolicy SLOW =
            FaultBench.RETRY.withTransientBackoff(DELAY, DELAY).withThrottlingBackoff(DELAY, DELAY);

    private static final Duration NO_TIME = Duration.ofNanos(1);
    private static final RetryPolicy IMPATIENT =
            FaultBench.RETRY.withTransientBackoff(NO_TIME, NO_TIME).withThrottlingBackoff(NO_TIME, NO_TIME);
    private static final int RUNS = 40;

    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy")));

    @TestFactory
    Stream<DynamicTest> oldConnections() {
        return Stream.of(
                closedFirst("an error in the stream, connection left open", chunk(err("overloaded_error")), hang()),
                closedFirst("the same behind message_start", chunk(ms() + err("api_error")), hang()),
                closedFirst("an error, then a flood", chunk(err("api_error")), flood(Long.MAX_VALUE, d(0, "late"))),
                closedFirst("a chunk size that is no number", chunk(ms()), raw("zz\r\n"), hang()),
                closedFirst("FIN behind message_start", chunk(ms()), fin()));
    }

    /** The time of the second connection is before its request's first byte. */
    private static DynamicTest closedFirst(String name, Step... rest) {
        return DynamicTest.dynamicTest(
                "E23 " + name + ": the old connection is closed before the next request arrives", () -> {
                    List<Step> steps = new ArrayList<>(List.of(h200()));
                    steps.addAll(List.of(rest));
                    Script first = new Script(Script.Trigger.REQUEST, steps);
                    try (FaultBench bench = FaultBench.serving(b -> b.retry(SLOW), first, GOOD)) {
                        done("hi").accept(bench.stream());
                        assertThat(bench.server().reqs()).isEqualTo(2);
                        long closed = bench.server().connection(0).awaitPeerClose(Duration.ZERO);
                        assertThat(closed)
                                .isLessThan(bench.server().connection(1).acceptedNanos());
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> oldConnectionsWithoutAWait() {
        return Stream.of(
                closedAtOnce("an error in the stream, connection left open", chunk(err("overloaded_error")), hang()),
                closedAtOnce("a chunk size that is no number, then a flood", raw("zz\r\n"), flood(1 << 20, ping())));
    }

    /** Threads note the order of events too late to tell it so closely; the operating system knows. */
    private static DynamicTest closedAtOnce(String name, Step... rest) {
        return DynamicTest.dynamicTest("E23 " + name + ", no wait to speak of: closed all the same", () -> {
            assumeThat(OpenSockets.areKnown()).isTrue();
            AtomicReference<ServerConnection> old = new AtomicReference<>();
            List<Boolean> open = new CopyOnWriteArrayList<>();
            List<Step> steps = new ArrayList<>(List.of(old::set, h200()));
            steps.addAll(List.of(rest));
            Script first = new Script(Script.Trigger.REQUEST, steps);
            Script next = reply(
                    connection -> open.add(OpenSockets.isOpen(Objects.requireNonNull(old.get()))),
                    h200(),
                    chunk(good("hi")),
                    end());
            Script[] scripts = Stream.generate(() -> Stream.of(first, next))
                    .limit(RUNS)
                    .flatMap(both -> both)
                    .toArray(Script[]::new);
            try (FaultBench bench = FaultBench.serving(b -> b.retry(IMPATIENT), scripts)) {
                for (int i = 0; i < RUNS; i++) {
                    done("hi").accept(bench.stream());
                }
                assertThat(open).hasSize(RUNS).containsOnly(false);
            }
        });
    }

    @Test
    @DisplayName("E23 an old connection whose answer was whole is used for the next request")
    void wholeErrorKeepsTheConnection() {
        try (FaultBench bench = FaultBench.serving(BUSY, BUSY, GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(bench.server().conns()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E24 what an old attempt's server says late reaches nobody")
    void lateBytesReachNobody() {
        Gate second = new Gate();
        Gate late = new Gate();
        Script first = reply(h200(), chunk(ms() + err("overloaded_error")), await(second), said(late));
        Script next = reply(
                h200(),
                chunk(ms() + bs(0) + d(0, "new ")),
                signal(second),
                await(late),
                chunk(d(0, "text") + be(0) + md() + st()),
                end());
        try (FaultBench bench = FaultBench.serving(first, next)) {
            done("new text", 7).accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    /** Goes on with the old answer on its old connection, which may be gone, and tells. */
    private static Step said(Gate late) {
        Step more = chunk(bs(0) + d(0, "late").repeat(100) + be(0) + md() + st());
        return connection -> {
            try {
                more.run(connection);
                more.run(connection);
            } catch (IOException closed) {
                // That is how it should be.
            } finally {
                late.open();
            }
        };
    }

    @Test
    @DisplayName("F08 cancel in a computed backoff: no request for 3 x the delay")
    void cancelInBackoffEndsTheCall() {
        assertCancelEndsTheCall(BUSY);
    }

    @Test
    @DisplayName("F08 cancel while a hint is waited for: no request for 3 x the delay")
    void cancelInAHintedWaitEndsTheCall() {
        assertCancelEndsTheCall(
                reply(json(429, errorJson("rate_limit_error", "slow"), "retry-after-ms: " + DELAY.toMillis())));
    }

    private static void assertCancelEndsTheCall(Script failing) {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (FaultBench bench = FaultBench.serving(b -> b.retry(SLOW).listener(telling(heard)), failing)) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            Await.untilOrFail("a retry", SOON, () -> heard.contains("retry"));
            recorder.cancel();
            Await.elapse(DELAY.multipliedBy(3));
            assertThat(bench.server().reqs()).isEqualTo(1);
            assertThat(recorder.terminals()).isZero();
            assertThat(recorder.n()).isZero();
            assertThat(heard).containsExactly("attempt 1", "retry", "end CANCELLED 1");
        }
    }

    @Test
    @DisplayName("F09 cancel of create in a backoff: no request for 3 x the delay")
    void cancelOfCreateInBackoffEndsTheCall() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (FaultBench bench = FaultBench.serving(b -> b.retry(SLOW).listener(telling(heard)), BUSY)) {
            Recorder<Message> recorder =
                    bench.subscribe(bench.client().messages().create(FaultBench.request()), 1);
            Await.untilOrFail("a retry", SOON, () -> heard.contains("retry"));
            recorder.cancel();
            Await.elapse(DELAY.multipliedBy(3));
            assertThat(bench.server().reqs()).isEqualTo(1);
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    @DisplayName("F08 cancel in the second attempt: its connection is closed, and there is no third")
    void cancelInTheSecondAttemptClosesIt() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(fin()), reply(h200(), chunk(ms()), hang()), GOOD)) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            bench.server().awaitReqs(2, SOON);
            recorder.cancel();
            bench.server().connection(1).awaitPeerClose(Duration.ofMillis(500));
            Await.elapse(Duration.ofMillis(150));
            assertThat(bench.server().reqs()).isEqualTo(2);
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    @DisplayName("H03 close in a backoff: CLOSED, and no further request")
    void closeEndsABackoff() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (FaultBench bench = FaultBench.serving(b -> b.retry(SLOW).listener(telling(heard)), BUSY)) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            Await.untilOrFail("a retry", SOON, () -> heard.contains("retry"));
            bench.client().close();
            Outcome<StreamEvent> outcome = recorder.outcome(DELAY);
            assertThat(outcome.error(AdmissionException.class).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F13 one permit: no permit is held in a backoff, and none is lost to any kind of failure")
    void onePermitIsEnoughForEveryFailure() {
        Script[] faults = {
            BUSY,
            reply(fin()),
            reply(rst()),
            reply(h200(), chunk(err("overloaded_error")), hang()),
            reply(h200(), chunk(ms()), fin()),
            reply(h200(), chunk(ms()), raw("zz\r\n"), hang()),
            reply(head(204), fin()),
            reply(json(400, errorJson("invalid_request_error", "no"))),
            reply(h200(), chunk(ms() + bs(0) + d(0, "x")), rst())
        };
        for (Script fault : faults) {
            try (FaultBench bench = FaultBench.serving(BetweenAttemptsTests::onePermit, fault)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(bench.stream().error()).isNotNull();
                }
                List<Recorder<StreamEvent>> together = Stream.generate(() ->
                                bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE))
                        .limit(4)
                        .toList();
                together.forEach(one ->
                        assertThat(one.outcome(SOON).error()).isNotNull().isNotInstanceOf(AdmissionException.class));
            }
        }
    }

    @Test
    @DisplayName("F14 while one call backs off, another one uses its permit")
    void backoffHoldsNoPermit() {
        Script slow = reply(json(529, errorJson("overloaded_error", "slow"), "retry-after: 1"));
        try (FaultBench bench = FaultBench.serving(BetweenAttemptsTests::onePermit, slow, GOOD)) {
            Recorder<StreamEvent> waiting =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            bench.server().awaitReqs(1, SOON);
            Outcome<StreamEvent> other = bench.stream();
            done("hi").accept(other);
            assertThat(other.elapsed()).isLessThan(Duration.ofMillis(800));
            assertThat(waiting.hasEnded()).isFalse();
            done("hi").accept(waiting.outcome(SOON));
            assertThat(bench.server().reqs()).isEqualTo(3);
        }
    }

    private static ClaudeClient.Builder onePermit(ClaudeClient.Builder builder) {
        return builder.maxConcurrentRequests(1);
    }

    private static CallListener telling(List<String> heard) {
        return new CallListener() {
            @Override
            public void onAttempt(Attempt attempt) {
                heard.add("attempt " + attempt.number());
            }

            @Override
            public void onRetry(Retry retry) {
                heard.add("retry");
            }

            @Override
            public void onTerminal(End end) {
                heard.add("end " + end.outcome() + " " + end.attempts());
            }
        };
    }
}
