package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.attempts;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.incomplete;
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
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the attempts of one call have in common, and what each has of its own. */
@Timeout(60)
class AttemptTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy")));
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script CUT = reply(h200(), chunk(ms() + bs(0) + d(0, "lost ")), fin());

    @Test
    @DisplayName("E27 the caller's Reactor Context and the attempt's number reach listener and key supplier each time")
    void contextAndNumberReachEveryAttempt() {
        List<String> attempts = new CopyOnWriteArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void onAttempt(Attempt attempt) {
                attempts.add(attempt.number() + " for " + attempt.context().get("tenant"));
            }
        };
        AtomicInteger asked = new AtomicInteger();
        try (FaultBench bench = FaultBench.serving(
                b -> b.listener(listener)
                        .apiKey(() -> Mono.deferContextual(context ->
                                Mono.just("sk-ant-of-" + context.get("tenant") + "-" + asked.incrementAndGet()))),
                BUSY,
                reply(fin()),
                GOOD)) {
            done("hi")
                    .accept(bench.observe(bench.client().messages().stream(FaultBench.request())
                            .contextWrite(context -> context.put("tenant", "seven"))));
            assertThat(attempts).containsExactly("1 for seven", "2 for seven", "3 for seven");
            assertThat(headers(bench, "x-stainless-retry-count")).containsExactly("0", "1", "2");
            assertThat(headers(bench, "x-api-key"))
                    .containsExactly("sk-ant-of-seven-1", "sk-ant-of-seven-2", "sk-ant-of-seven-3");
        }
    }

    @Test
    @DisplayName("E26 a key that cannot be had for the second attempt ends the call")
    void missingKeyEndsTheCall() {
        AtomicInteger asked = new AtomicInteger();
        try (FaultBench bench = FaultBench.serving(
                b -> b.apiKey(() -> asked.incrementAndGet() == 1
                        ? Mono.just(FaultBench.KEY)
                        : Mono.error(new IOException("vault is sealed"))),
                BUSY)) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.error(ConfigurationException.class).isRetryable())
                    .isFalse();
            attempts(2).accept(outcome);
            assertThat(asked).hasValue(2);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E25 every attempt sends the same bytes")
    void everyAttemptSendsTheSameBytes() {
        try (FaultBench bench = FaultBench.serving(BUSY)) {
            bench.stream();
            assertThat(bench.server().requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.bodyText())
                            .isEqualTo(bench.server().request(0).bodyText()));
            assertThat(bench.server().requests())
                    .allSatisfy(request -> assertThat(request.headerNames())
                            .doesNotHaveDuplicates()
                            .doesNotContain("last-event-id"));
        }
    }

    @Test
    @DisplayName("E25 a retry count that the request brings along is left alone")
    void countOfTheCallerIsKept() {
        MessageRequest counted = FaultBench.request().toBuilder()
                .header("x-stainless-retry-count", "7")
                .build();
        try (FaultBench bench = FaultBench.serving(BUSY, GOOD)) {
            done("hi").accept(bench.observe(bench.client().messages().stream(counted)));
            assertThat(headers(bench, "x-stainless-retry-count")).containsExactly("7", "7");
        }
    }

    @Test
    @DisplayName("B28 two subscribers of one Flux, one after another: three attempts each")
    void laterSubscribersHaveTheirOwnAttempts() {
        try (FaultBench bench = FaultBench.serving(BUSY)) {
            Flux<StreamEvent> events = bench.client().messages().stream(FaultBench.request());
            for (int i = 0; i < 2; i++) {
                Outcome<StreamEvent> outcome = bench.observe(events);
                outcome.error(OverloadedException.class);
                attempts(3).accept(outcome);
            }
            assertThat(headers(bench, "x-stainless-retry-count")).containsExactly("0", "1", "2", "0", "1", "2");
        }
    }

    @Test
    @DisplayName("B28 two subscribers of one Flux at the same time: three attempts each")
    void concurrentSubscribersHaveTheirOwnAttempts() {
        try (FaultBench bench = FaultBench.serving(BUSY)) {
            Flux<StreamEvent> events = bench.client().messages().stream(FaultBench.request());
            List<Recorder<StreamEvent>> both =
                    List.of(bench.subscribe(events, Long.MAX_VALUE), bench.subscribe(events, Long.MAX_VALUE));
            both.forEach(one -> attempts(3).accept(one.outcome(SOON)));
            assertThat(headers(bench, "x-stainless-retry-count"))
                    .containsExactlyInAnyOrder("0", "0", "1", "1", "2", "2");
        }
    }

    @Test
    @DisplayName("E20 create is tried again after a cut in the middle of the text")
    void createIsRetriedAfterACut() {
        try (FaultBench bench = FaultBench.serving(CUT, GOOD)) {
            Outcome<Message> outcome = bench.create();
            assertThat(outcome.events())
                    .singleElement()
                    .extracting(Message::text)
                    .isEqualTo("hi");
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
        try (FaultBench bench = FaultBench.serving(CUT, GOOD)) {
            incomplete(3).accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E20 createWithResponse gives the head of the attempt that succeeded")
    void createWithResponseGivesTheLastHead() {
        Script second = reply(
                head(200, "content-type: text/event-stream", "request-id: req_2", "transfer-encoding: chunked"),
                chunk(good("hi")),
                end());
        try (FaultBench bench = FaultBench.serving(CUT, second)) {
            Outcome<Response<Message>> outcome =
                    bench.observe(bench.client().messages().createWithResponse(FaultBench.request()));
            assertThat(outcome.events()).singleElement().satisfies(response -> {
                assertThat(response.value().text()).isEqualTo("hi");
                assertThat(response.metadata().requestId()).contains("req_2");
            });
        }
    }

    @Test
    @DisplayName("E20 create whose every attempt is cut: the last one's text so far is in the error")
    void createThatNeverSucceedsKeepsTheLastPart() {
        try (FaultBench bench = FaultBench.serving(CUT)) {
            Outcome<Message> outcome = bench.create();
            StreamException error = outcome.error(StreamException.class);
            assertThat(error.notRetried()).contains(NotRetried.EXHAUSTED);
            assertThat(error.eventsDelivered()).isZero();
            assertThat(error.partial())
                    .hasValueSatisfying(partial -> assertThat(partial.text()).isEqualTo("lost "));
            assertThat(error.attempts()).isEqualTo(3);
            assertThat(bench.server().reqs()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "E12 streams that asked for {0} events are tried again all the same")
    @ValueSource(ints = {0, 1, 2})
    void retriesNeedNoDemand(int demand) {
        try (FaultBench bench = FaultBench.serving(BUSY, reply(fin()), GOOD)) {
            Recorder<StreamEvent> recorder =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), demand);
            bench.server().awaitReqs(3, SOON);
            recorder.request(Long.MAX_VALUE);
            done("hi").accept(recorder.outcome(SOON));
        }
    }

    @Test
    @DisplayName("E13 forty calls against a permanent 500, one retry each: 35 retries, then the budget is spent")
    void budgetEndsTheRetriesOfAnOutage() {
        Script broken = reply(json(500, errorJson("api_error", "oops")));
        try (FaultBench bench = FaultBench.serving(b -> b.retry(FaultBench.RETRY.withMaxRetries(1)), broken)) {
            List<ServerException> errors = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                errors.add(bench.stream().error(ServerException.class));
            }
            assertThat(bench.server().reqs()).isEqualTo(40 + 35);
            assertThat(headers(bench, "x-stainless-retry-count"))
                    .filteredOn("0"::equals)
                    .hasSize(40);
            assertThat(errors.subList(0, 35)).allSatisfy(error -> {
                assertThat(error.attempts()).isEqualTo(2);
                assertThat(error.notRetried()).contains(NotRetried.EXHAUSTED);
            });
            assertThat(errors.subList(35, 40)).allSatisfy(error -> {
                assertThat(error.attempts()).isEqualTo(1);
                assertThat(error.notRetried()).contains(NotRetried.BUDGET);
                assertThat(error.getMessage()).contains("budget");
            });
        }
    }

    @Test
    @DisplayName("E14 calls that succeed earn the budget back")
    void successesRefillTheBudget() {
        Script[] scripts = IntStream.range(0, 120)
                .mapToObj(i -> i % 2 == 0 ? reply(fin()) : GOOD)
                .toArray(Script[]::new);
        try (FaultBench bench = FaultBench.serving(scripts)) {
            for (int i = 0; i < 60; i++) {
                done("hi").accept(bench.stream());
            }
            assertThat(bench.server().reqs()).isEqualTo(120);
        }
    }

    @Test
    @DisplayName("E14 so does a subscriber that leaves with the last event, and one that leaves earlier does not")
    void whoLeavesWithTheLastEventEarnsTheBudgetBackToo() {
        Script broken = reply(json(500, errorJson("api_error", "oops")));
        try (FaultBench bench =
                FaultBench.serving(b -> b.retry(FaultBench.RETRY.withBudget(14)), broken, GOOD, broken, GOOD, broken)) {
            Flux<StreamEvent> events = bench.client().messages().stream(FaultBench.request());
            done("hi").accept(bench.observe(events.takeUntil(event -> event instanceof MessageStop)));
            assertThat(bench.observe(events.take(5)).n()).isEqualTo(5);
            assertThat(bench.stream().error(ServerException.class).notRetried()).contains(NotRetried.BUDGET);
        }
    }

    private static List<String> headers(FaultBench bench, String name) {
        return bench.server().requests().stream()
                .map(request -> request.header(name).orElse("none"))
                .toList();
    }
}
