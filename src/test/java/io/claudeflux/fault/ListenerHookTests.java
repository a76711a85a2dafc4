package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.Messages;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.StopReason;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Which methods of a listener are called for a call, in which order, and what they may do. */
@Timeout(60)
class ListenerHookTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy")));
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script CUT = reply(h200(), chunk(ms() + bs(0) + d(0, "lost ")), fin());
    private static final Script HALF = reply(h200(), chunk(ms() + bs(0) + d(0, "hello ")), hang());

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<CallListener.Start> starts = new CopyOnWriteArrayList<>();
    private final List<CallListener.End> ends = new CopyOnWriteArrayList<>();
    private final CallListener listener = new CallListener() {
        @Override
        public CallListener onCall(Start start) {
            starts.add(start);
            return new Hearer("call " + starts.size());
        }

        @Override
        public void onTerminal(End end) {
            heard.add("not replaced");
        }
    };

    private final class Hearer implements CallListener {
        private final String name;

        Hearer(String name) {
            this.name = name;
            heard.add(name);
        }

        @Override
        public void onAttempt(Attempt attempt) {
            heard.add("attempt " + attempt.number());
        }

        @Override
        public void onSend(Attempt attempt, BiConsumer<String, String> headers) {
            heard.add("send " + attempt.number());
            headers.accept("TraceParent", name.replace(' ', '-') + "-" + attempt.number());
        }

        @Override
        public void onFirstEvent(FirstEvent first) {
            heard.add("first of " + first.attempt().number());
            assertThat(first.elapsed()).isPositive();
        }

        @Override
        public void onRetry(Retry retry) {
            heard.add("retry after " + retry.failure().label());
        }

        @Override
        public void onTerminal(End end) {
            heard.add(end.outcome().name());
            ends.add(end);
        }
    }

    @Test
    void completeCallIsHeardFromItsBeginningToItsEnd() {
        try (FaultBench bench = serving(GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(heard).containsExactly("call 1", "attempt 1", "send 1", "first of 1", "COMPLETED");
            assertThat(starts.get(0).endpoint()).isEqualTo("POST /v1/messages");
            assertThat(starts.get(0).baseUrl()).hasToString(bench.server().baseUrl());
            assertThat(starts.get(0).isStream()).isTrue();
            assertThat(starts.get(0).numbers()).containsExactly(Map.entry("max_tokens", 64));
            CallListener.Answer answer = ends.get(0).answer();
            assertThat(answer.messageId()).isPresent();
            assertThat(answer.stopReason()).contains(StopReason.END_TURN);
            assertThat(ends.get(0).waited()).isLessThan(ends.get(0).elapsed());
        }
    }

    @Test
    void eachSubscriptionIsACallOfItsOwn() {
        try (FaultBench bench = serving(GOOD)) {
            Mono<String> text =
                    bench.client().messages().streamText(FaultBench.request()).single();
            bench.observe(text);
            bench.observe(text);
            assertThat(heard).startsWith("call 1").contains("call 2").doesNotContain("not replaced");
            assertThat(header(bench, "traceparent")).containsExactly("call-1-1", "call-2-1");
        }
    }

    @Test
    void retriesAreHeardBetweenTheAttempts() {
        try (FaultBench bench = serving(BUSY, reply(fin()), GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(heard)
                    .containsExactly(
                            "call 1",
                            "attempt 1",
                            "send 1",
                            "retry after overloaded_error",
                            "attempt 2",
                            "send 2",
                            "retry after transport_no_response",
                            "attempt 3",
                            "send 3",
                            "first of 3",
                            "COMPLETED");
            assertThat(header(bench, "traceparent")).containsExactly("call-1-1", "call-1-2", "call-1-3");
        }
    }

    @Test
    void createHearsTheFirstEventOfEachAttemptThatGetsThere() {
        try (FaultBench bench = serving(CUT, GOOD)) {
            bench.create();
            assertThat(heard)
                    .containsExactly(
                            "call 1",
                            "attempt 1",
                            "send 1",
                            "first of 1",
                            "retry after stream_incomplete",
                            "attempt 2",
                            "send 2",
                            "first of 2",
                            "COMPLETED");
        }
    }

    @Test
    void streamThatBreaksFailsBehindItsFirstEvent() {
        try (FaultBench bench = serving(CUT)) {
            bench.stream().error(StreamException.class);
            assertThat(heard).containsExactly("call 1", "attempt 1", "send 1", "first of 1", "FAILED");
            assertThat(ends.get(0).answer().stopReason()).isEmpty();
        }
    }

    @Test
    void cancelAheadOfThePermitEndsACallWithoutAttempts() {
        try (FaultBench bench =
                FaultBench.serving(b -> b.maxConcurrentRequests(1).listener(listener), HALF, GOOD)) {
            Recorder<StreamEvent> first =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            first.awaitValues(3, SOON);
            Recorder<StreamEvent> second =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            second.cancel();
            first.cancel();
            assertThat(heard)
                    .containsExactly("call 1", "attempt 1", "send 1", "first of 1", "call 2", "CANCELLED", "CANCELLED");
            assertThat(ends.get(0).attempts()).isZero();
            assertThat(ends.get(0).waited()).isPositive();
            assertThat(ends.get(1).attempts()).isEqualTo(1);
        }
    }

    @Test
    void callThatTheQueueRefusesHasNoAttempt() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.maxConcurrentRequests(1).maxQueuedRequests(0).listener(listener), HALF)) {
            Recorder<StreamEvent> first =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            first.awaitValues(3, SOON);
            AdmissionException refused = bench.stream().error(AdmissionException.class);
            assertThat(refused.label()).isEqualTo("admission_queue_full");
            assertThat(heard).endsWith("call 2", "FAILED");
            first.cancel();
        }
    }

    @Test
    void otherModelIsAskedInTheSameCall() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(RetryPolicy.none())
                        .fallbackModels("claude-haiku-4-5")
                        .listener(listener),
                BUSY,
                GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(heard)
                    .containsExactly(
                            "call 1",
                            "attempt 1",
                            "send 1",
                            "retry after overloaded_error",
                            "attempt 2",
                            "send 2",
                            "first of 2",
                            "COMPLETED");
        }
    }

    @Test
    void answersThatAreNoStreamsHaveNoFirstEvent() {
        try (FaultBench bench = serving(reply(json(200, "{\"input_tokens\":7}", "request-id: req_7")))) {
            bench.observe(bench.client().messages().countTokens(FaultBench.request()));
            assertThat(heard).containsExactly("call 1", "attempt 1", "send 1", "COMPLETED");
            assertThat(starts.get(0).isStream()).isFalse();
            assertThat(starts.get(0).numbers()).isEmpty();
            assertThat(ends.get(0).answer().requestId()).contains("req_7");
            assertThat(header(bench, "traceparent")).containsExactly("call-1-1");
        }
    }

    @Test
    void samplingParametersAreToldAsNumbers() {
        MessageRequest request = FaultBench.request().toBuilder()
                .extraBody("temperature", 0.5)
                .extraBody("top_k", 7)
                .extraBody("top_p", "high")
                .build();
        try (FaultBench bench = serving(GOOD)) {
            bench.observe(bench.client().messages().stream(request));
            assertThat(starts.get(0).numbers()).containsOnlyKeys("max_tokens", "temperature", "top_k");
        }
    }

    @Test
    void listenersThatThrowInTheNewHooksBreakNothing() {
        CallListener broken = new CallListener() {
            @Override
            public CallListener onCall(Start start) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void onSend(Attempt attempt, BiConsumer<String, String> headers) {
                headers.accept("x-of-broken", "sent");
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void onFirstEvent(FirstEvent first) {
                throw new AssertionError("broken on purpose");
            }
        };
        try (FaultBench bench = FaultBench.serving(b -> b.listener(broken).listener(listener), GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(heard).containsExactly("call 1", "attempt 1", "send 1", "first of 1", "COMPLETED");
            assertThat(header(bench, "x-of-broken")).containsExactly("sent");
        }
    }

    @Test
    void headersOfListenersNeverReplaceOthers() {
        MessageRequest request = FaultBench.request().toBuilder()
                .header("x-mine", "of the request")
                .build();
        CallListener first = adding(Map.of("x-mine", "stolen", "X-Ours", "1", "user-agent", "stolen"));
        CallListener second = adding(Map.of("x-ours", "2"));
        try (FaultBench bench = FaultBench.serving(b -> b.listener(first).listener(second), GOOD)) {
            done("hi").accept(bench.observe(bench.client().messages().stream(request)));
            assertThat(header(bench, "x-mine")).containsExactly("of the request");
            assertThat(header(bench, "user-agent").get(0)).startsWith("claude-flux/");
            assertThat(header(bench, "x-ours")).containsExactly("1");
            assertThat(bench.server().request(0).headerNames()).doesNotHaveDuplicates();
        }
    }

    @Test
    void headersThatDecideAnythingAreRefused() {
        CallListener nosy = new CallListener() {
            @Override
            public void onSend(Attempt attempt, BiConsumer<String, String> headers) {
                for (String name : List.of(
                        "X-Api-Key", "authorization", "Cookie", "anthropic-beta", "content-length", "bad name")) {
                    assertThatThrownBy(() -> headers.accept(name, "x")).isInstanceOf(ConfigurationException.class);
                }
                assertThatThrownBy(() -> headers.accept("x-split", "a\r\nb: c"))
                        .isInstanceOf(ConfigurationException.class);
                headers.accept("x-done", "yes");
            }
        };
        try (FaultBench bench = FaultBench.serving(b -> b.listener(nosy), GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(header(bench, "x-done")).containsExactly("yes");
            assertThat(header(bench, "x-api-key")).containsExactly(FaultBench.KEY);
            assertThat(bench.server().request(0).headerNames())
                    .doesNotContain("authorization", "cookie", "anthropic-beta", "x-split");
        }
    }

    @Test
    void attemptTellsHowLongItWaited() {
        List<Duration> waits = new CopyOnWriteArrayList<>();
        CallListener waiting = new CallListener() {
            @Override
            public void onAttempt(Attempt attempt) {
                waits.add(attempt.waited());
            }
        };
        try (FaultBench bench = FaultBench.serving(b -> b.maxConcurrentRequests(1), HALF, GOOD)) {
            Messages heardOf = bench.client().messages().with(CallOptions.none().withListener(waiting));
            Recorder<StreamEvent> first = bench.subscribe(heardOf.stream(FaultBench.request()), Long.MAX_VALUE);
            first.awaitValues(3, SOON);
            Recorder<StreamEvent> second = bench.subscribe(heardOf.stream(FaultBench.request()), Long.MAX_VALUE);
            Duration apart = Duration.ofMillis(30);
            Mono.delay(apart).block(SOON);
            first.cancel();
            done("hi").accept(second.outcome(SOON));
            assertThat(waits).hasSize(2);
            assertThat(waits.get(1)).isGreaterThanOrEqualTo(apart);
            assertThat(waits.get(0)).isLessThan(waits.get(1));
        }
    }

    private static CallListener adding(Map<String, String> added) {
        return new CallListener() {
            @Override
            public void onSend(Attempt attempt, BiConsumer<String, String> headers) {
                added.forEach(headers);
            }
        };
    }

    private FaultBench serving(Script... scripts) {
        return FaultBench.serving(b -> b.listener(listener), scripts);
    }

    private static List<String> header(FaultBench bench, String name) {
        return bench.server().requests().stream()
                .map(request -> Optional.ofNullable(request.header(name).orElse(null)))
                .map(value -> value.orElse("none"))
                .toList();
    }
}
