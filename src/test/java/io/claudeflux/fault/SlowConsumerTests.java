package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A consumer that takes its time is no stall of the server; only the total clock minds. */
@Timeout(60)
class SlowConsumerTests {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration PAUSE = LIMIT.multipliedBy(3);
    /** An eighth of the limits is the clocks'; the rest is for the machine. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Timeouts BODY = Hang.only(Clock.IDLE, LIMIT).withProgress(LIMIT);

    @Test
    @DisplayName("D28 everything is sent at once; the consumer takes two, pauses three times the limit, takes the rest")
    void pauseWithDataWaiting() {
        try (FaultBench bench = bench(BODY, reply(h200(), chunk(good("hi")), end()))) {
            Recorder<StreamEvent> recorder = stream(bench, 2);
            recorder.awaitValues(2, SOON);
            Await.elapse(PAUSE);
            recorder.request(Long.MAX_VALUE);
            done("hi").accept(recorder.outcome(SOON));
        }
    }

    @Test
    @DisplayName("no false stall in a hundred pauses, whether or not the server has stopped meanwhile")
    void noFalseStallInAHundredPauses() {
        Duration limit = Duration.ofMillis(200);
        Timeouts body = BODY.withIdle(limit).withProgress(limit);
        Script script = reply(h200(), chunk(ms() + bs(0)), flood(8 << 20, d(0, "x".repeat(1000))), hang());
        try (ScriptedServer server = ScriptedServer.start(script);
                ClaudeClient client = settings(body)
                        .apply(ClaudeClient.builder().apiKey(FaultBench.KEY).baseUrl(server.baseUrl()))
                        .maxConcurrentRequests(100)
                        .build()) {
            List<Recorder<StreamEvent>> recorders = IntStream.range(0, 5)
                    .mapToObj(i -> Recorder.subscribe(client.messages().stream(FaultBench.request()), 3 + i))
                    .toList();
            for (int i = 0; i < 20; i++) {
                Await.elapse(limit.multipliedBy(3));
                recorders.forEach(recorder -> {
                    assertThat(recorder.hasEnded())
                            .as("ended by %s", recorder.error())
                            .isFalse();
                    recorder.request(17);
                });
            }
            for (int i = 0; i < recorders.size(); i++) {
                recorders.get(i).awaitValues(3 + i + 20 * 17, SOON);
                recorders.get(i).cancel();
            }
        }
    }

    @Test
    @DisplayName("no demand from the beginning: nothing to wait for, nothing fires, and all is there when it is wanted")
    void noDemandFromTheBeginning() {
        try (FaultBench bench = bench(BODY, reply(h200(), chunk(good("hi")), end()))) {
            Recorder<StreamEvent> recorder = stream(bench, 0);
            bench.server().awaitReqs(1, SOON);
            Await.elapse(PAUSE);
            assertThat(recorder.hasEnded()).isFalse();
            recorder.request(10);
            done("hi").accept(recorder.outcome(SOON));
        }
    }

    @Test
    @DisplayName("one at a time with a pause after each")
    void oneAtATime() {
        String half = good("hi").substring(0, good("hi").length() / 2);
        String rest = good("hi").substring(half.length());
        try (FaultBench bench = bench(BODY, reply(h200(), chunk(half), chunk(rest), end()))) {
            Recorder<StreamEvent> recorder = stream(bench, 0);
            for (int i = 1; i <= 6; i++) {
                Await.elapse(LIMIT.multipliedBy(3).dividedBy(2));
                recorder.request(1);
                recorder.awaitValues(i, SOON);
            }
            done("hi").accept(recorder.outcome(SOON));
        }
    }

    @Test
    @DisplayName("progress has stopped while the consumer was not reading: pings that waited do not count against it")
    void progressStopsWhileTheConsumerDoesNotRead() {
        Step pings = together(Collections.nCopies(20, together(chunk(ping()), pause(Duration.ofMillis(20))))
                .toArray(Step[]::new));
        Script script =
                reply(h200(), chunk(ms() + bs(0)), pings, chunk(good("hi").substring((ms() + bs(0)).length())), end());
        try (FaultBench bench = bench(BODY.withProgress(LIMIT.multipliedBy(2)), script)) {
            Recorder<StreamEvent> recorder = stream(bench, 2);
            recorder.awaitValues(2, SOON);
            Await.elapse(Duration.ofMillis(600));
            recorder.request(Long.MAX_VALUE);
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        }
    }

    @Test
    @DisplayName("real silence behind a pause is found, counted from the moment the consumer asks again")
    void silenceBehindAPauseIsFound() {
        try (FaultBench bench = bench(BODY, reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()))) {
            Recorder<StreamEvent> recorder = stream(bench, 3);
            recorder.awaitValues(3, SOON);
            Await.elapse(PAUSE);
            long asked = System.nanoTime();
            recorder.request(1);
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.error(ClockException.class).clock()).isEqualTo(Clock.IDLE);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(LIMIT, LIMIT.plus(SLACK));
        }
    }

    @Test
    @DisplayName("the total clock ends a call whose consumer never asks")
    void totalFiresWithoutDemand() throws InterruptedException {
        Timeouts total = Hang.only(Clock.TOTAL, PAUSE);
        try (FaultBench bench = bench(total, reply(h200(), chunk(good("hi")), hang()))) {
            Outcome<StreamEvent> outcome = stream(bench, 0).outcome(SOON);
            ClockException error = outcome.error(ClockException.class);
            assertThat(error.clock()).isEqualTo(Clock.TOTAL);
            assertThat(error.eventsDelivered()).isZero();
            assertThat(outcome.elapsed()).isBetween(PAUSE, PAUSE.plus(SLACK));
            bench.server().connection(0).awaitPeerClose(SLACK);
        }
    }

    @Test
    @DisplayName("the total clock closes the connection while onNext blocks; the error comes when onNext returns")
    void totalFiresWhileTheConsumerBlocks() throws InterruptedException {
        Timeouts total = Hang.only(Clock.TOTAL, PAUSE);
        Gate blocked = new Gate();
        Gate go = new Gate();
        Scheduler elsewhere = Schedulers.newBoundedElastic(1, 10, "slow-consumer");
        try (FaultBench bench = bench(total, reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()))) {
            Flux<StreamEvent> slow = bench.client().messages().stream(FaultBench.request())
                    .publishOn(elsewhere)
                    .doOnNext(event -> {
                        blocked.open();
                        Await.until(SOON, go::isOpen);
                    });
            Recorder<StreamEvent> recorder = bench.subscribe(slow, Long.MAX_VALUE);
            blocked.awaitOrFail(SOON);
            bench.server().connection(0).awaitPeerClose(PAUSE.plus(SLACK));
            assertThat(recorder.hasEnded()).isFalse();
            go.open();
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.error(ClockException.class).clock()).isEqualTo(Clock.TOTAL);
            assertThat(outcome.n()).isEqualTo(3);
        } finally {
            elsewhere.dispose();
        }
    }

    @Test
    @DisplayName("the total clock ends create()")
    void totalEndsCreate() throws InterruptedException {
        Timeouts total = Hang.only(Clock.TOTAL, PAUSE);
        try (FaultBench bench = bench(total, reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()))) {
            Outcome<Message> outcome = bench.create();
            ClockException error = outcome.error(ClockException.class);
            assertThat(error.clock()).isEqualTo(Clock.TOTAL);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("hi");
            assertThat(error.eventsDelivered()).isZero();
            assertThat(outcome.elapsed()).isBetween(PAUSE, PAUSE.plus(SLACK));
            bench.server().connection(0).awaitPeerClose(SLACK);
        }
    }

    @Test
    @DisplayName("clocks that are off do not fire")
    void clocksCanBeSwitchedOff() {
        Timeouts off =
                new Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        Script script = reply(
                pause(PAUSE),
                h200(),
                pause(PAUSE),
                chunk(ms() + bs(0)),
                pause(PAUSE),
                chunk(good("hi").substring((ms() + bs(0)).length())),
                end());
        try (FaultBench bench = bench(off, script)) {
            done("hi").accept(bench.stream());
        }
    }

    @Test
    @DisplayName("the first-byte clock of a request of 64 KiB has two seconds more")
    void uploadsTakeTheirTime() {
        Timeouts quick = Hang.only(Clock.FIRST_BYTE, LIMIT);
        assertThat(quick.firstByteOf((32 << 10) - 1)).isEqualTo(LIMIT);
        assertThat(quick.firstByteOf(32 << 10)).isEqualTo(LIMIT.plusSeconds(1));
        assertThat(quick.firstByteOf(64 << 10)).isEqualTo(LIMIT.plusSeconds(2));
        try (FaultBench bench = bench(quick, reply(hang()))) {
            Outcome<StreamEvent> outcome = bench.observe(bench.client().messages().stream(
                    FaultBench.request().toBuilder().user("x".repeat(64 << 10)).build()));
            ClockException error = outcome.error(ClockException.class);
            assertThat(error.clock()).isEqualTo(Clock.FIRST_BYTE);
            assertThat(error.limit()).isEqualTo(LIMIT.plusSeconds(2));
            assertThat(outcome.elapsed())
                    .isBetween(Duration.ofMillis(2100), Duration.ofMillis(2100).plus(SLACK));
        }
    }

    private static FaultBench bench(Timeouts timeouts, Script script) {
        return FaultBench.serving(settings(timeouts), script);
    }

    private static UnaryOperator<ClaudeClient.Builder> settings(Timeouts timeouts) {
        return builder -> builder.retry(RetryPolicy.none()).timeouts(timeouts);
    }

    private static Recorder<StreamEvent> stream(FaultBench bench, long demand) {
        return bench.subscribe(bench.client().messages().stream(FaultBench.request()), demand);
    }
}
