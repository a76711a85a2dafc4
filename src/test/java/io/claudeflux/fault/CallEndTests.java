package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallListener.End;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Frames;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners hear at the end of a call: once, however it ends, with what it consumed. */
@Timeout(120)
class CallEndTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script GOOD =
            reply(h200(), chunk(ms() + bs(0) + d(0, "hi") + be(0)), chunk(md() + st()), end());
    /** Each call on a connection of its own, so that a race that closes one is no business of the next call. */
    private static final Script GOOD_AND_CLOSED = reply(
            head(200, "content-type: text/event-stream", "transfer-encoding: chunked", "connection: close"),
            chunk(ms() + bs(0) + d(0, "hi") + be(0)),
            chunk(md() + st()),
            end());

    private static final Script HALF = reply(h200(), chunk(ms() + bs(0) + d(0, "hello there")), hang());

    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final CallListener listener = new CallListener() {
        @Override
        public void onTerminal(End end) {
            ends.add(end);
        }
    };

    @Test
    @DisplayName("complete: exact usage, all events")
    void completeReportsExactUsage() {
        try (FaultBench bench = FaultBench.serving(GOOD)) {
            assertThat(bench.observe(heard(bench).stream(FaultBench.request())).isComplete())
                    .isTrue();
            End end = onlyEnd(CallListener.Outcome.COMPLETED, 1);
            assertThat(end.eventsDelivered()).isEqualTo(6);
            assertThat(end.usage().orElseThrow().isExact()).isTrue();
            assertThat(end.usage().orElseThrow().usage().outputTokens()).isEqualTo(5);
            assertThat(end.failure()).isEmpty();
        }
    }

    @Test
    @DisplayName("error: the failure that the subscriber sees, no usage where nothing began")
    void errorReportsTheFailure() {
        try (FaultBench bench = FaultBench.serving(reply(json(400, Frames.errorJson("invalid_request_error", "no"))))) {
            Outcome<StreamEvent> outcome = bench.observe(heard(bench).stream(FaultBench.request()));
            End end = onlyEnd(CallListener.Outcome.FAILED, 1);
            assertThat(end.failure()).containsSame(outcome.error(InvalidRequestException.class));
            assertThat(end.usage()).isEmpty();
        }
    }

    @Test
    @DisplayName("cancel behind some text: an estimate of what it cost")
    void cancelReportsAnEstimate() {
        try (FaultBench bench = FaultBench.serving(HALF)) {
            Recorder<StreamEvent> recorder = bench.subscribe(heard(bench).stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.awaitValues(3, SOON);
            recorder.cancel();
            recorder.cancel();
            End end = onlyEnd(CallListener.Outcome.CANCELLED, 1);
            assertThat(end.eventsDelivered()).isEqualTo(3);
            assertThat(end.usage().orElseThrow().isExact()).isFalse();
            assertThat(end.usage().orElseThrow().usage().inputTokens()).isEqualTo(10);
            assertThat(end.usage().orElseThrow().usage().outputTokens()).isPositive();
        }
    }

    @Test
    @DisplayName("2,000 races of cancel and complete: one end each, and the client goes on")
    void cancelRacesWithComplete() {
        try (HookProbe hooks = HookProbe.install();
                ScriptedServer server = ScriptedServer.start(GOOD_AND_CLOSED);
                ClaudeClient client = client(server)) {
            Messages messages = client.messages().with(CallOptions.none().withListener(listener));
            for (int i = 0; i < 2000; i++) {
                Recorder<StreamEvent> recorder =
                        Recorder.subscribe(messages.stream(FaultBench.request()), Long.MAX_VALUE);
                int seen = i % 8;
                Await.until(SOON, () -> recorder.n() >= seen || recorder.hasEnded());
                // Behind a cancel the answer may still arrive whole, and the end that was heard first stays.
                boolean hadEnded = recorder.hasEnded();
                recorder.cancel();
                int number = i;
                Await.untilOrFail("the end", SOON, () -> ends.size() > number);
                if (hadEnded) {
                    assertThat(ends.get(i).outcome()).isEqualTo(CallListener.Outcome.COMPLETED);
                    assertThat(ends.get(i).failure()).isEmpty();
                    assertThat(ends.get(i).usage().orElseThrow().isExact()).isTrue();
                }
                assertThat(ends).hasSize(i + 1);
            }
            Outcome<StreamEvent> next = Outcome.of(messages.stream(FaultBench.request()));
            assertThat(next.isComplete()).as(next.describe()).isTrue();
            assertThat(ends).hasSize(2001);
            hooks.assertNothingDropped();
        }
    }

    @Test
    @DisplayName("500 races of the total clock and the events: an answer that is whole, or a clock, and nothing odd")
    void totalRacesWithTheEvents() {
        try (HookProbe hooks = HookProbe.install();
                ScriptedServer server = ScriptedServer.start(GOOD_AND_CLOSED);
                ClaudeClient client = client(server)) {
            for (int i = 0; i < 500; i++) {
                Duration total = Duration.ofMillis(1).plusNanos(i % 50 * 40_000L);
                CallOptions options =
                        CallOptions.none().withListener(listener).withTimeouts(Hang.only(Clock.TOTAL, total));
                Outcome<StreamEvent> outcome = Outcome.of(client.messages().with(options).stream(FaultBench.request()));
                assertThat(outcome.terminals()).isEqualTo(1);
                assertThat(outcome.isComplete()).as(outcome.describe()).isEqualTo(outcome.n() == 6);
                if (!outcome.isComplete()) {
                    ClockException error = outcome.error(ClockException.class);
                    assertThat(error.clock()).isEqualTo(Clock.TOTAL);
                    assertThat(error.eventsDelivered()).isEqualTo(outcome.n());
                }
            }
            assertThat(ends).hasSize(500);
            hooks.assertNothingDropped();
        }
    }

    @Test
    @DisplayName("a listener that throws, errors included, breaks neither the call nor other listeners")
    void listenersThatThrowBreakNothing() {
        CallListener broken = new CallListener() {
            @Override
            public void onAttempt(Attempt attempt) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void onTerminal(End end) {
                throw new AssertionError("broken on purpose");
            }
        };
        try (FaultBench bench = FaultBench.serving(GOOD, HALF, GOOD)) {
            Messages messages = bench.client()
                    .messages()
                    .with(CallOptions.none().withListener(broken).withListener(listener));
            assertThat(bench.observe(messages.stream(FaultBench.request())).isComplete())
                    .isTrue();
            Recorder<StreamEvent> recorder = bench.subscribe(messages.stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.awaitValues(3, SOON);
            recorder.cancel();
            assertThat(bench.observe(messages.create(FaultBench.request())).isComplete())
                    .isTrue();
            assertThat(ends)
                    .extracting(End::outcome)
                    .containsExactly(
                            CallListener.Outcome.COMPLETED,
                            CallListener.Outcome.CANCELLED,
                            CallListener.Outcome.COMPLETED);
        }
    }

    private Messages heard(FaultBench bench) {
        return bench.client().messages().with(CallOptions.none().withListener(listener));
    }

    private End onlyEnd(CallListener.Outcome outcome, int attempts) {
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).outcome()).isEqualTo(outcome);
        assertThat(ends.get(0).attempts()).isEqualTo(attempts);
        return ends.get(0);
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .retry(RetryPolicy.none())
                .maxConcurrentRequests(1)
                .build();
    }
}
