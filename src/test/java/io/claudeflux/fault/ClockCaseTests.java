package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Group D, the clocks: what ends a silence, what does not, and what is tried again. */
@Timeout(60)
class ClockCaseTests {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration SLACK = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final RetryPolicy QUICK =
            RetryPolicy.defaults().withBackoff(Duration.ofMillis(10), Duration.ofMillis(40));
    private static final String HALF = ms() + bs(0) + d(0, "hi");
    private static final String REST = be(0) + md() + st();

    @BeforeAll
    static void warmUp() {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(HALF), hang()))) {
            ClockCaseTests.<StreamEvent>expired(
                    bench.observe(bench.client().messages().with(only(Clock.IDLE, Duration.ofMillis(20))).stream(
                            FaultBench.request())));
        }
        try (Hang tls = Hang.start(HangPhase.TLS_HANDSHAKE_SILENT, Clock.TOTAL, LIMIT, false)) {
            expired(tls.recorder().outcome(SOON));
        }
    }

    /** Tells how long each attempt of a call took. */
    private static final class AttemptTimes implements CallListener {
        private final Consumer<Duration> taken;
        private volatile long began;

        AttemptTimes(Consumer<Duration> taken) {
            this.taken = taken;
        }

        @Override
        public void onAttempt(Attempt attempt) {
            began = System.nanoTime();
        }

        @Override
        public void onRetry(Retry retry) {
            taken.accept(Duration.ofNanos(System.nanoTime() - began));
        }

        @Override
        public void onTerminal(End end) {
            taken.accept(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    @Test
    @DisplayName("D19 a TLS handshake that gets no answer is tried again, each time for as long as the clock says")
    void silentHandshakeIsTriedAgain() throws InterruptedException {
        try (SilentPeer peer = SilentPeer.reading();
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl("https://127.0.0.1:" + peer.port())
                        .retry(QUICK)
                        .timeouts(Hang.only(Clock.CONNECT, LIMIT))
                        .build()) {
            Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(FaultBench.request()));
            ClockException error = outcome.error(ClockException.class);
            assertThat(error.clock()).isEqualTo(Clock.CONNECT);
            assertThat(error.attempts()).isEqualTo(3);
            assertThat(error.isAmbiguous()).isFalse();
            assertThat(outcome.elapsed())
                    .isBetween(LIMIT.multipliedBy(3), LIMIT.multipliedBy(4).plus(SLACK.multipliedBy(3)));
            for (int i = 0; i < 3; i++) {
                peer.awaitClose(SOON);
            }
        }
    }

    @Test
    @DisplayName("D23 request read, HANG: three attempts, each ended by the first-byte clock")
    void silenceBeforeTheHeadIsTriedAgain() {
        try (FaultBench bench = FaultBench.serving(with(QUICK, Clock.FIRST_BYTE), reply(hang()))) {
            List<Duration> taken = new CopyOnWriteArrayList<>();
            CallOptions timed = CallOptions.none().withListener(new AttemptTimes(taken::add));
            Outcome<StreamEvent> outcome =
                    bench.observe(bench.client().messages().with(timed).stream(FaultBench.request()));
            ClockException error = expired(outcome);
            assertThat(error.clock()).isEqualTo(Clock.FIRST_BYTE);
            assertThat(error.attempts()).isEqualTo(3);
            assertThat(error.isAmbiguous()).isTrue();
            assertThat(error.isRetryable()).isTrue();
            assertThat(error.notRetried()).contains(NotRetried.EXHAUSTED);
            assertThat(taken)
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one)
                            .isBetween(LIMIT, Duration.ofMillis(450).plus(SLACK)));
            assertThat(bench.server().reqs()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("D23 with retryAmbiguous(false): one attempt")
    void silenceBeforeTheHeadIsAmbiguous() {
        try (FaultBench bench =
                FaultBench.serving(with(QUICK.withRetryAmbiguous(false), Clock.FIRST_BYTE), reply(hang()))) {
            ClockException error = expired(bench.stream());
            assertThat(error.attempts()).isEqualTo(1);
            assertThat(error.notRetried()).contains(NotRetried.AMBIGUOUS);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("D24 text, then HANG: the idle clock, no second attempt, the peer sees the close")
    void silenceInTextIsFinal() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(with(QUICK, Clock.IDLE), reply(h200(), chunk(HALF), hang()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            ClockException error = expired(outcome);
            assertThat(outcome.n()).isEqualTo(3);
            assertThat(error.clock()).isEqualTo(Clock.IDLE);
            assertThat(error.notRetried()).contains(NotRetried.DELIVERED);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("hi");
            assertThat(outcome.elapsed())
                    .isBetween(LIMIT, Duration.ofMillis(450).plus(SLACK));
            assertThat(bench.server().reqs()).isEqualTo(1);
            bench.server().connection(0).awaitPeerClose(SLACK);
        }
    }

    @Test
    @DisplayName("D24 create(): the same silence is tried again, since nothing was handed down")
    void silenceInAnAnswerThatIsNotHandedDownIsTriedAgain() {
        try (FaultBench bench = FaultBench.serving(
                with(QUICK, Clock.IDLE),
                reply(h200(), chunk(HALF), hang()),
                reply(h200(), chunk(good("all")), end()))) {
            Outcome<Message> outcome = bench.create();
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("D25 pings, comments or single bytes keep the idle clock from firing")
    void anyByteResetsTheIdleClock() {
        for (Step sign : List.of(chunk(ping()), chunk(":\n"), chunk("e"))) {
            Step slowly = together(Collections.nCopies(10, together(sign, pause(Duration.ofMillis(100))))
                    .toArray(Step[]::new));
            Script script = reply(h200(), chunk(HALF), slowly, chunk("\n" + REST), end());
            try (FaultBench bench = FaultBench.serving(with(RetryPolicy.none(), Clock.IDLE), script)) {
                Outcome<StreamEvent> outcome = bench.stream();
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
                assertThat(Expect.text(outcome.events())).isEqualTo("hi");
            }
        }
    }

    @Test
    @DisplayName("D25 the bytes of one chunk that come one by one are signs of life, too")
    void bytesOfAChunkResetTheIdleClock() {
        byte[] text = (HALF + REST).getBytes(StandardCharsets.UTF_8);
        Step[] drip = new Step[12];
        drip[0] = raw(Integer.toHexString(text.length) + "\r\n");
        for (int i = 0; i < 10; i++) {
            drip[i + 1] = together(raw(new byte[] {text[i]}), pause(Duration.ofMillis(100)));
        }
        drip[11] = raw(new String(text, 10, text.length - 10, StandardCharsets.UTF_8) + "\r\n");
        try (FaultBench bench =
                FaultBench.serving(with(RetryPolicy.none(), Clock.IDLE), reply(h200(), together(drip), end()))) {
            done("hi").accept(bench.stream());
        }
    }

    @Test
    @DisplayName("comments and pings do not keep the progress clock from firing")
    void onlyContentResetsTheProgressClock() {
        Step sign = together(chunk(": still here\n\n"), pause(Duration.ofMillis(50)), chunk(ping()));
        Step slowly = together(Collections.nCopies(40, together(sign, pause(Duration.ofMillis(50))))
                .toArray(Step[]::new));
        try (FaultBench bench = FaultBench.serving(
                with(RetryPolicy.none(), Clock.PROGRESS), reply(h200(), chunk(HALF), slowly, hang()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(expired(outcome).clock()).isEqualTo(Clock.PROGRESS);
            assertThat(outcome.elapsed())
                    .isBetween(LIMIT, Duration.ofMillis(375).plus(SLACK));
        }
    }

    @Test
    @DisplayName("content in time keeps the progress clock from firing, pings between or not")
    void contentResetsTheProgressClock() {
        Step word =
                together(pause(Duration.ofMillis(120)), chunk(ping()), pause(Duration.ofMillis(80)), chunk(d(0, "x")));
        Step words = together(Collections.nCopies(6, word).toArray(Step[]::new));
        try (FaultBench bench = FaultBench.serving(
                with(RetryPolicy.none(), Clock.PROGRESS), reply(h200(), chunk(HALF), words, chunk(REST), end()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(Expect.text(outcome.events())).isEqualTo("hixxxxxx");
        }
    }

    @Test
    @DisplayName("D30a total: a healthy drip is ended in time")
    void totalEndsAHealthyStream() throws InterruptedException {
        Step drip = together(Collections.nCopies(100, together(chunk(d(0, "x")), pause(Duration.ofMillis(20))))
                .toArray(Step[]::new));
        try (FaultBench bench = FaultBench.serving(
                with(QUICK, Duration.ofMillis(500)), reply(h200(), chunk(ms() + bs(0)), drip, hang()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            ClockException error = expired(outcome);
            assertThat(error.clock()).isEqualTo(Clock.TOTAL);
            assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(500), Duration.ofMillis(650));
            assertThat(error.eventsDelivered()).isEqualTo(outcome.n());
            assertThat(error.partial().orElseThrow().text()).startsWith(Expect.text(outcome.events()));
            bench.server().connection(0).awaitPeerClose(SLACK);
        }
    }

    @Test
    @DisplayName("D30b total: a wait that would pass it is not begun, and the failure is the server's")
    void totalIsKnownToTheBackoff() {
        RetryPolicy slow = RetryPolicy.defaults().withBackoff(SOON, SOON);
        try (FaultBench bench = FaultBench.serving(with(slow, Duration.ofMillis(500)), overloaded())) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.error(OverloadedException.class).notRetried()).contains(NotRetried.DEADLINE);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofMillis(400));
        }
    }

    @Test
    @DisplayName("D30b total: runs on through waits and attempts, and ends the attempt that is under way")
    void totalCoversAllAttempts() throws InterruptedException {
        RetryPolicy waits = RetryPolicy.defaults().withBackoff(Duration.ofMillis(200), Duration.ofMillis(200));
        try (FaultBench bench = FaultBench.serving(with(waits, Duration.ofMillis(500)), overloaded(), reply(hang()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            ClockException error = expired(outcome);
            assertThat(error.clock()).isEqualTo(Clock.TOTAL);
            assertThat(error.attempts()).isEqualTo(2);
            assertThat(error.partial()).isEmpty();
            assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(500), Duration.ofMillis(650));
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("D30c total: in the queue, and nothing is sent")
    void totalEndsTheWaitForAPermit() {
        try (FaultBench bench = FaultBench.serving(
                builder -> builder.maxConcurrentRequests(1).timeouts(Hang.only(Clock.TOTAL, Duration.ofMillis(500))),
                reply(h200(), chunk(HALF), hang()))) {
            Recorder<StreamEvent> holder = bench.subscribe(
                    bench.client().messages().with(only(Clock.TOTAL, Hang.FOREVER)).stream(FaultBench.request()),
                    Long.MAX_VALUE);
            holder.awaitValues(3, SOON);
            Outcome<StreamEvent> outcome = bench.stream();
            ClockException error = expired(outcome);
            assertThat(error.clock()).isEqualTo(Clock.TOTAL);
            assertThat(error.attempts()).isZero();
            assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(500), Duration.ofMillis(650));
            assertThat(bench.server().conns()).isEqualTo(1);
            holder.cancel();
        }
    }

    @Test
    @DisplayName("the queue clock counts all waits of a call, and its error names the limit that was set")
    void queueClockNamesItsLimit() {
        try (FaultBench bench = FaultBench.serving(
                builder -> builder.maxConcurrentRequests(1).retry(QUICK),
                overloaded(),
                reply(h200(), chunk(HALF), hang()))) {
            Recorder<StreamEvent> retried = bench.subscribe(
                    bench
                            .client()
                            .messages()
                            .with(only(Clock.QUEUE, LIMIT)
                                    .withRetry(RetryPolicy.defaults().withBackoff(LIMIT, LIMIT)))
                            .stream(FaultBench.request()),
                    Long.MAX_VALUE);
            bench.server().awaitReqs(1, SOON);
            Recorder<StreamEvent> holder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            AdmissionException error = retried.outcome(SOON).error(AdmissionException.class);
            assertThat(error.reason()).isEqualTo(AdmissionException.Reason.QUEUE_TIMEOUT);
            assertThat(error).hasMessageContaining("limit of 300 ms");
            assertThat(error.attempts()).isEqualTo(1);
            holder.cancel();
        }
    }

    private static Script overloaded() {
        return reply(json(529, errorJson("overloaded_error", "busy")));
    }

    private static CallOptions only(Clock clock, Duration limit) {
        return CallOptions.none().withTimeouts(Hang.only(clock, limit));
    }

    private static UnaryOperator<ClaudeClient.Builder> with(RetryPolicy retry, Clock clock) {
        return builder -> builder.retry(retry).timeouts(Hang.only(clock, LIMIT));
    }

    private static UnaryOperator<ClaudeClient.Builder> with(RetryPolicy retry, Duration total) {
        Timeouts timeouts = Hang.only(Clock.TOTAL, total);
        return builder -> builder.retry(retry).timeouts(timeouts);
    }

    private static <T> ClockException expired(Outcome<T> outcome) {
        return outcome.error(ClockException.class);
    }
}
