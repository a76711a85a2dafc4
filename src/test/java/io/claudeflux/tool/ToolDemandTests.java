package io.claudeflux.tool;

import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.reply;
import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.call;
import static io.claudeflux.tool.Stage.only;
import static io.claudeflux.tool.Stage.told;
import static io.claudeflux.tool.Stage.tool;
import static io.claudeflux.tool.Stage.use;
import static io.claudeflux.tool.Stage.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.StopReason;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import io.claudeflux.tool.ToolEvent.Streamed;
import io.claudeflux.tool.ToolEvent.ToolEnd;
import io.claudeflux.tool.ToolEvent.ToolStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** How much runs at a time, where, and when it stops. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolDemandTests {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    private static ToolRunner local(ClientTool tool, ContentBlock... calls) {
        return ToolRunner.of(
                request -> request.messages().size() == 1
                        ? Stage.answer(StopReason.TOOL_USE, calls)
                        : Stage.answer(StopReason.END_TURN),
                List.of(tool));
    }

    @Test
    void resultsGoBackInTheOrderOfTheCallsWhateverEndsFirst() {
        Map<String, Sinks.One<String>> answers = new ConcurrentHashMap<>();
        ClientTool weather = ClientTool.of(
                "get_weather",
                "the weather",
                SCHEMA,
                input -> answers.computeIfAbsent(word(input, "city"), city -> Sinks.one())
                        .asMono());
        stage.claude.enqueue(
                reply(
                        call("toolu_1", "get_weather", Map.of("city", "a")),
                        call("toolu_2", "get_weather", Map.of("city", "b")),
                        call("toolu_3", "get_weather", Map.of("city", "c"))),
                reply("Done."));

        Recorder<ToolEvent> events = Recorder.subscribe(
                stage.client.tools(weather).run(REQUEST).filter(event -> !(event instanceof Streamed)), Long.MAX_VALUE);
        Await.untilOrFail("three calls", WAIT, () -> answers.size() == 3);
        for (String city : List.of("c", "a", "b")) {
            Objects.requireNonNull(answers.get(city)).emitValue("in " + city, Sinks.EmitFailureHandler.FAIL_FAST);
        }
        List<ToolEvent> all = events.outcome(WAIT).events();

        assertThat(only(ToolEnd.class, all))
                .extracting(end -> end.call().id())
                .containsExactly("toolu_3", "toolu_1", "toolu_2");
        assertThat(stage.lastTurn(1))
                .extracting(result -> word(result, "tool_use_id") + " " + told(result))
                .containsExactly("toolu_1 in a", "toolu_2 in b", "toolu_3 in c");
        assertThat(stage.turns(1)).hasSize(3);
    }

    @Test
    void noMoreCallsThanAllowedAreUnderWay() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Sinks.One<String>> started = new ArrayList<>();
        ClientTool slow = ClientTool.of("slow", "slow", SCHEMA, input -> {
            Sinks.One<String> answer = Sinks.one();
            started.add(answer);
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return answer.asMono().doOnTerminate(running::decrementAndGet);
        });
        ContentBlock[] calls =
                IntStream.range(0, 10).mapToObj(i -> use("t" + i, "slow")).toArray(ContentBlock[]::new);

        Recorder<ToolEvent> events =
                Recorder.subscribe(local(slow, calls).withParallelism(3).run(REQUEST), Long.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            assertThat(started).hasSize(Math.min(10, i + 3));
            started.get(i).emitValue("ok", Sinks.EmitFailureHandler.FAIL_FAST);
        }

        assertThat(only(ToolEnd.class, events.outcome(WAIT).events())).hasSize(10);
        assertThat(most).hasValue(3);
    }

    @Test
    void cancelStopsAToolThatSignals() {
        try (HookProbe probe = HookProbe.install()) {
            TestPublisher<String> answer = TestPublisher.create();
            ClientTool hanging = ClientTool.of("hang", "hangs", SCHEMA, input -> answer.mono());
            stage.claude.enqueue(reply(toolUse("hang", Map.of())));

            Recorder<ToolStart> events =
                    Recorder.subscribe(stage.client.tools(hanging).run(REQUEST).ofType(ToolStart.class), 1);
            events.awaitValues(1, WAIT);
            Await.untilOrFail("the tool", WAIT, answer::wasSubscribed);
            events.cancel();

            answer.assertCancelled();
            assertThat(events.terminals()).isZero();
            assertThat(stage.claude.requests()).hasSize(1);
            assertThat(probe.dropped()).isEmpty();
        }
    }

    @Test
    void cancelInterruptsAToolThatBlocksAndStartsNoOther() throws InterruptedException {
        try (HookProbe probe = HookProbe.install()) {
            Gate running = new Gate();
            Gate interrupted = new Gate();
            AtomicInteger runs = new AtomicInteger();
            ClientTool hanging = tool("hang", input -> {
                runs.incrementAndGet();
                running.open();
                try {
                    new Gate().awaitOrFail(WAIT);
                } catch (InterruptedException stopped) {
                    interrupted.open();
                    throw stopped;
                }
                return "late";
            });

            Recorder<ToolEvent> events = Recorder.subscribe(
                    local(hanging, use("t1", "hang"), use("t2", "hang"), use("t3", "hang"))
                            .withParallelism(1)
                            .run(REQUEST),
                    Long.MAX_VALUE);
            running.awaitOrFail(WAIT);
            events.cancel();

            interrupted.awaitOrFail(WAIT);
            assertThat(runs).hasValue(1);
            assertThat(events.terminals()).isZero();
            assertThat(probe.dropped()).isEmpty();
        }
    }

    @Test
    void cancelClosesTheStreamThatIsOpen() {
        stage.claude.enqueue(
                reply(toolUse("one", Map.of())), reply("word ".repeat(1_000)).drip(Duration.ofMillis(5)));

        StepVerifier.create(stage.client
                        .tools(tool("one", input -> 1))
                        .run(REQUEST)
                        .ofType(Streamed.class)
                        .filter(streamed -> streamed.round() == 2))
                .expectNextCount(4)
                .thenCancel()
                .verify(WAIT);

        assertThat(stage.claude.requests().get(1).outcome().block(WAIT)).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void whoAsksForOneEventGetsOne() {
        AtomicInteger runs = new AtomicInteger();
        ToolRunner runner = stage.client.tools(tool("one", input -> runs.incrementAndGet()));
        Block[] calls = {toolUse("one", Map.of()), toolUse("one", Map.of())};
        stage.claude.enqueue(reply(calls), reply("Done."));
        int all = Stage.collect(runner.run(REQUEST)).size();
        stage.claude.reset();
        stage.claude.enqueue(reply(calls), reply("Done."));

        Recorder<ToolEvent> events = Recorder.subscribe(runner.run(REQUEST), 0);
        assertThat(stage.claude.requests()).isEmpty();
        for (int i = 1; i <= all; i++) {
            events.request(1);
            events.awaitValues(i, WAIT);
            assertThat(events.n()).isEqualTo(i);
        }

        assertThat(events.outcome(WAIT).isComplete()).isTrue();
        assertThat(runs).hasValue(4);
    }

    @Test
    void streamsDemandIsThatOfTheSubscriber() {
        List<Long> asked = new ArrayList<>();
        ToolRunner runner = ToolRunner.of(
                request -> Stage.answer(StopReason.END_TURN).doOnRequest(asked::add), List.of(tool("one", input -> 1)));

        StepVerifier.create(runner.run(REQUEST), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(asked).isEmpty())
                .thenRequest(2)
                .expectNextCount(2)
                .then(() -> assertThat(asked).containsExactly(2L))
                .thenRequest(10)
                .expectNextCount(3)
                .expectComplete()
                .verify(WAIT);
    }

    @Test
    void blockingToolLeavesTheEventLoopToOthers() {
        List<String> threads = new ArrayList<>();
        ClientTool blocking = tool("block", input -> {
            threads.add(Thread.currentThread().getName());
            return Mono.delay(Duration.ofMillis(1)).block(WAIT) + "" + Schedulers.isInNonBlockingThread();
        });

        List<ToolEvent> events =
                stage.run(stage.client.tools(blocking), reply(toolUse("block", Map.of())), reply("Done."));

        assertThat(threads).singleElement().asString().startsWith("boundedElastic");
        assertThat(only(ToolEnd.class, events).get(0).failure()).isNull();
        assertThat(told(stage.lastTurn(1).get(0))).isEqualTo("0false");
    }

    @Test
    void blockingToolRunsWhereTheApplicationSays() {
        ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own"));
        try {
            ClientTool named =
                    tool("name", input -> Thread.currentThread().getName()).withExecutor(own);
            List<ToolEvent> events =
                    Stage.collect(local(named, use("t", "name")).run(REQUEST));

            assertThat(told(Json.of(only(ToolEnd.class, events).get(0).result())))
                    .isEqualTo("own");
        } finally {
            own.shutdownNow();
        }
    }

    @Test
    void contextReachesToolsAndRequests() {
        List<String> seen = new ArrayList<>();
        ClientTool reading = ClientTool.of(
                "read",
                "reads",
                SCHEMA,
                input -> Mono.deferContextual(context -> {
                    seen.add("tool " + context.get("user"));
                    return Mono.empty();
                }));
        ToolRunner runner = ToolRunner.of(
                request -> Flux.deferContextual(context -> {
                    seen.add("request " + context.get("user"));
                    return request.messages().size() == 1
                            ? Stage.answer(StopReason.TOOL_USE, use("t", "read"))
                            : Stage.answer(StopReason.END_TURN);
                }),
                List.of(reading));

        runner.create(REQUEST)
                .contextWrite(context -> context.put("user", "ada"))
                .block(WAIT);

        assertThat(seen).containsExactly("request ada", "tool ada", "request ada");
    }

    @Test
    void eachSubscriptionIsARunOfItsOwn() {
        AtomicInteger runs = new AtomicInteger();
        Flux<ToolEvent> run = local(tool("one", input -> runs.incrementAndGet()), use("t", "one"))
                .run(REQUEST);

        assertThat(runs).hasValue(0);
        List<ToolEvent> first = Stage.collect(run);
        assertThat(Stage.collect(run)).hasSameSizeAs(first);
        assertThat(runs).hasValue(2);
    }

    @Test
    void tenThousandRoundsNeedNoMoreStackThanOne() {
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        ClientTool quick = ClientTool.of("quick", "quick", SCHEMA, input -> Mono.just(runs.incrementAndGet()));
        ToolRunner runner = ToolRunner.of(
                        request -> rounds.incrementAndGet() < 10_000
                                ? Stage.answer(StopReason.TOOL_USE, use("t" + rounds, "quick"))
                                : Stage.answer(StopReason.END_TURN),
                        List.of(quick))
                .withMaxRounds(10_000);

        ToolEvent last = runner.run(REQUEST).blockLast(WAIT);

        assertThat(last).isInstanceOf(ToolEvent.Finished.class);
        assertThat(last.round()).isEqualTo(10_000);
        assertThat(runs).hasValue(9_999);
    }
}
