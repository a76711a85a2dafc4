package io.claudeflux.tool;

import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.call;
import static io.claudeflux.tool.Stage.finished;
import static io.claudeflux.tool.Stage.isError;
import static io.claudeflux.tool.Stage.only;
import static io.claudeflux.tool.Stage.tool;
import static io.claudeflux.tool.Stage.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.ToolLoopException;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.StopReason;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.tool.ToolEvent.RoundEnd;
import io.claudeflux.tool.ToolEvent.ToolEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolFailureTests {
    private static final Json INPUT = Json.of(Map.of("city", "Brest"));

    private final Stage stage = new Stage();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void stop() {
        stage.close();
    }

    /** Two rounds without a server: a call, and the end. */
    private static Function<MessageRequest, Flux<StreamEvent>> once(String id, String name) {
        return request -> request.messages().size() == 1
                ? Stage.answer(StopReason.TOOL_USE, use(id, name))
                : Stage.answer(StopReason.END_TURN);
    }

    private ToolEnd end(ClientTool tool) {
        return only(
                        ToolEnd.class,
                        Stage.collect(ToolRunner.of(once("t", tool.name()), List.of(tool))
                                .run(REQUEST)))
                .get(0);
    }

    private static String told(ToolEnd end) {
        return Stage.told(Json.of(end.result()));
    }

    @Test
    void failingToolIsAnsweredWithAnErrorAndTheRunGoesOn() {
        ClientTool failing = tool("fail", input -> {
            throw new IOException("jdbc:postgresql://db.internal?password=hunter2");
        });
        List<ToolEvent> events =
                stage.run(stage.client.tools(failing), reply(call("toolu_1", "fail", Map.of())), reply("I could not."));

        assertThat(finished(events).message().text()).isEqualTo("I could not.");
        Json result = stage.lastTurn(1).get(0);
        assertThat(isError(result)).isTrue();
        assertThat(Stage.told(result)).isEqualTo("The tool fail failed: IOException.");
        ToolEnd end = only(ToolEnd.class, events).get(0);
        assertThat(end.failure()).isInstanceOf(IOException.class);
        assertThat(end.toString()).contains("IOException").doesNotContain("hunter2");
    }

    @Test
    void signalledFailureIsAnsweredLikeAThrownOne() {
        ToolEnd end = end(ClientTool.of("fail", "fails", SCHEMA, input -> Mono.error(new IllegalStateException("no"))));
        assertThat(told(end)).isEqualTo("The tool fail failed: IllegalStateException.");

        ToolEnd thrown = end(ClientTool.of("fail", "fails", SCHEMA, input -> {
            throw new ToolException("There is no such city.");
        }));
        assertThat(told(thrown)).isEqualTo("There is no such city.");
    }

    @Test
    void nullInPlaceOfAMonoIsAFailure() {
        Function<Json, Mono<String>> careless = input -> nothing();
        assertThat(end(ClientTool.of("fail", "fails", SCHEMA, careless)).failure())
                .isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings("NullAway")
    private static Mono<String> nothing() {
        return null;
    }

    @Test
    void whatTheModelIsToldOfFailuresIsTheApplicationsToSay() {
        ClientTool failing = tool("fail", input -> {
            throw new IOException("disk full");
        });
        ToolRunner runner = ToolRunner.of(once("t", "fail"), List.of(failing));

        List<ToolEvent> events = Stage.collect(
                runner.withOnFailure((call, failure) -> ToolResult.error(call.name() + ": " + failure.getMessage()))
                        .run(REQUEST));
        assertThat(told(only(ToolEnd.class, events).get(0))).isEqualTo("fail: disk full");

        List<ToolEvent> broken = Stage.collect(runner.withOnFailure((call, failure) -> {
                    throw new IllegalStateException("in the hook");
                })
                .run(REQUEST));
        assertThat(told(only(ToolEnd.class, broken).get(0))).isEqualTo("The tool fail failed: IOException.");
    }

    @Test
    void toolThatIsLateIsCancelledAndTheModelIsTold() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        AtomicInteger cancelled = new AtomicInteger();
        ClientTool hanging =
                ClientTool.of("hang", "hangs", SCHEMA, input -> Mono.never().doOnCancel(cancelled::incrementAndGet));
        ToolRunner runner = ToolRunner.of(once("t", "hang"), List.of(hanging)).withTimer(time);

        StepVerifier.create(runner.run(REQUEST).ofType(ToolEnd.class))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(59_999)))
                .then(() -> assertThat(cancelled).hasValue(0))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .assertNext(end -> {
                    assertThat(told(end)).isEqualTo("The tool hang took too long and was stopped.");
                    assertThat(end.failure()).isInstanceOf(TimeoutException.class);
                    assertThat(end.took()).isEqualTo(Duration.ofSeconds(60));
                })
                .expectComplete()
                .verify(WAIT);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void lateToolThatBlocksIsInterruptedAndItsFailureGoesNowhere() throws InterruptedException {
        try (HookProbe probe = HookProbe.install()) {
            VirtualTimeScheduler time = VirtualTimeScheduler.create();
            Gate running = new Gate();
            Gate interrupted = new Gate();
            ClientTool hanging = tool("hang", input -> {
                running.open();
                try {
                    new Gate().awaitOrFail(WAIT);
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                } finally {
                    interrupted.open();
                }
                return "late";
            });
            Recorder<ToolEvent> events = Recorder.subscribe(
                    ToolRunner.of(once("t", "hang"), List.of(hanging))
                            .withTimer(time)
                            .run(REQUEST),
                    Long.MAX_VALUE);
            running.awaitOrFail(WAIT);
            time.advanceTimeBy(Duration.ofSeconds(60));

            assertThat(events.outcome(WAIT).isComplete()).isTrue();
            interrupted.awaitOrFail(WAIT);
            assertThat(probe.dropped()).isEmpty();
        }
    }

    @Test
    void limitOfAToolComesBeforeThatOfTheRunner() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ClientTool hanging = ClientTool.of("hang", "hangs", SCHEMA, input -> Mono.never());
        ToolRunner runner = ToolRunner.of(once("t", "hang"), List.of(hanging.withTimeout(Duration.ofSeconds(2))))
                .withTimer(time);

        StepVerifier.create(runner.run(REQUEST).ofType(ToolEnd.class))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .expectNextCount(1)
                .expectComplete()
                .verify(WAIT);
        StepVerifier.create(
                        runner.withTimeout(Duration.ofSeconds(1)).run(REQUEST).ofType(ToolEnd.class))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .assertNext(end -> assertThat(end.took()).isEqualTo(Duration.ofSeconds(2)))
                .expectComplete()
                .verify(WAIT);
    }

    @Test
    void inputThatIsNoJsonIsNotRunAndGoesBackWrapped() {
        ClientTool counting = tool("count", input -> runs.incrementAndGet());
        stage.run(stage.client.tools(counting), reply(toolUse("count", "{\"city\": \"Br")), reply("Sorry."));

        assertThat(runs).hasValue(0);
        Json result = stage.lastTurn(1).get(0);
        assertThat(isError(result)).isTrue();
        Json wrapped = Json.parse(Stage.told(result));
        assertThat(Stage.word(wrapped, "INVALID_JSON")).isEqualTo("{\"city\": \"Br");
    }

    /** What the tools of these tests take. */
    record City(String city, int days) {}

    @Test
    void inputThatDoesNotFitIsNotRunAndTheModelIsToldWhere() {
        ClientTool counting = ClientTool.blocking("count", "counts", City.class, city -> runs.incrementAndGet());
        stage.run(
                stage.client.tools(counting),
                reply(toolUse("count", Map.of("city", "Brest", "days", "SECRET"))),
                reply("Sorry."));

        assertThat(runs).hasValue(0);
        assertThat(Stage.told(stage.lastTurn(1).get(0)))
                .contains("days")
                .doesNotContain("SECRET")
                .doesNotContain("City");
    }

    @Test
    void unknownToolIsAnsweredWithTheNamesOfTheKnownOnes() {
        List<ToolEvent> events = stage.run(
                stage.client.tools(tool("one", input -> 1), tool("two", input -> 2)),
                reply(call("toolu_1", "three", Map.of())),
                reply("Sorry."));

        assertThat(told(only(ToolEnd.class, events).get(0)))
                .isEqualTo("There is no tool of this name. The tools are: one, two.");
        assertThat(isError(stage.lastTurn(1).get(0))).isTrue();
    }

    @Test
    void lastRoundsCallsAreAnsweredBeforeTheLimitEndsTheRun() {
        stage.claude.respondWith(request -> reply(toolUse("count", Map.of())));
        ClientTool counting = tool("count", input -> runs.incrementAndGet());
        MessageRequest[] rest = new MessageRequest[1];

        StepVerifier.create(stage.client
                        .tools(counting)
                        .withMaxRounds(2)
                        .run(REQUEST)
                        .ofType(RoundEnd.class))
                .expectNextCount(2)
                .expectErrorSatisfies(failure -> {
                    ToolLoopException limit = (ToolLoopException) failure;
                    assertThat(limit.round()).isEqualTo(3);
                    assertThat(limit.conversation()).hasSize(5);
                    assertThat(limit.origin()).isEqualTo(Origin.TOOLS);
                    assertThat(limit.report()).contains("maxRounds").doesNotContain("weather");
                    assertThat(limit.toString()).doesNotContain("weather");
                    rest[0] = REQUEST.toBuilder().messages(limit.conversation()).build();
                })
                .verify(WAIT);
        assertThat(runs).hasValue(2);

        stage.claude.respondWith(request -> reply("Enough."));
        Message last = stage.client.tools(counting).create(rest[0]).block(WAIT);
        assertThat(last).isNotNull();
        assertThat(runs).hasValue(2);
    }

    @Test
    void failedRoundKeepsItsErrorAndSaysWhereTheRunHadCome() {
        ClientTool counting = tool("count", input -> runs.incrementAndGet());
        stage.claude.enqueue(reply(toolUse("count", Map.of())), error(400, "no"));

        StepVerifier.create(stage.client.tools(counting).run(REQUEST).ofType(RoundEnd.class))
                .expectNextCount(1)
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(InvalidRequestException.class);
                    ToolLoopException where = ToolLoopException.in(failure).orElseThrow();
                    assertThat(where.round()).isEqualTo(2);
                    assertThat(where.conversation()).hasSize(3);
                })
                .verify(WAIT);
        assertThat(runs).hasValue(1);
    }

    @Test
    void retriesBeneathARoundRunNoToolAgain() {
        ClientTool counting = tool("count", input -> runs.incrementAndGet());
        stage.run(
                stage.client.tools(counting),
                error(529),
                reply(toolUse("count", Map.of())),
                error(529),
                reply("ahead of any event").cut().afterEvents(1),
                reply("Done."));

        assertThat(runs).hasValue(1);
        assertThat(stage.claude.requests()).hasSize(5);
    }

    @Test
    void answerThatBreaksInTheMiddleRunsNoToolUntilItIsWhole() {
        ClientTool counting = tool("count", input -> runs.incrementAndGet());
        stage.claude.enqueue(
                reply(toolUse("count", Map.of())).cut().afterEvents(4),
                reply(toolUse("count", Map.of())),
                reply("Done."));
        StepVerifier.create(stage.client.tools(counting).run(REQUEST))
                .thenConsumeWhile(event -> true)
                .expectError(StreamException.class)
                .verify(WAIT);
        assertThat(runs).hasValue(0);

        stage.claude.reset();
        stage.claude.enqueue(
                reply(toolUse("count", Map.of())).cut().afterEvents(4),
                reply(toolUse("count", Map.of())),
                reply("Done."));
        assertThat(stage.client.tools(counting).create(REQUEST).block(WAIT)).isNotNull();
        assertThat(runs).hasValue(1);
    }

    @Test
    void troubleOfTheJvmEndsTheRunAndIsItsCause() {
        for (ClientTool broken : List.of(
                tool("break", input -> {
                    throw new NoClassDefFoundError("Missing");
                }),
                ClientTool.of("break", "breaks", SCHEMA, input -> {
                    throw new NoClassDefFoundError("Missing");
                }),
                ClientTool.of("break", "breaks", SCHEMA, input -> Mono.error(new NoClassDefFoundError("Missing"))))) {
            StepVerifier.create(
                            ToolRunner.of(once("t", "break"), List.of(broken)).run(REQUEST))
                    .thenConsumeWhile(event -> true)
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOf(ToolLoopException.class)
                            .hasCauseInstanceOf(NoClassDefFoundError.class))
                    .verify(WAIT);
        }
    }

    @Test
    void sourceThatEndsTooEarlyIsAnError() {
        StepVerifier.create(ToolRunner.of(request -> Flux.empty(), List.of(tool("one", input -> INPUT)))
                        .run(REQUEST))
                .expectNextCount(1)
                .expectError(IllegalStateException.class)
                .verify(WAIT);
    }
}
