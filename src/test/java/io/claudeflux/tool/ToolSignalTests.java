package io.claudeflux.tool;

import static io.claudeflux.tool.Stage.REQUEST;
import static io.claudeflux.tool.Stage.SCHEMA;
import static io.claudeflux.tool.Stage.WAIT;
import static io.claudeflux.tool.Stage.only;
import static io.claudeflux.tool.Stage.tool;
import static io.claudeflux.tool.Stage.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ToolLoopException;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.message.Json;
import io.claudeflux.message.StopReason;
import io.claudeflux.tool.ToolEvent.ToolEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tools that break the rules, break the JVM, or speak too late. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolSignalTests {
    private static final int RACES = 200;

    private final IllegalStateException failure = new IllegalStateException("late");

    private static ToolRunner runner(ClientTool tool) {
        return ToolRunner.of(
                request -> request.messages().size() == 1
                        ? Stage.answer(StopReason.TOOL_USE, use("t", tool.name()))
                        : Stage.answer(StopReason.END_TURN),
                List.of(tool));
    }

    private static ClientTool signalling(Function<Json, Mono<?>> function) {
        return ClientTool.of("it", "it", SCHEMA, function);
    }

    private static Outcome<ToolEvent> outcome(ToolRunner runner) {
        return Recorder.subscribe(runner.run(REQUEST), Long.MAX_VALUE).outcome(WAIT);
    }

    private static ToolEnd end(ToolRunner runner) {
        List<ToolEnd> ends = only(ToolEnd.class, outcome(runner).events());
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    private static Object missing() {
        throw new NoClassDefFoundError("Missing");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the runner takes it for what it is
    private static Object failed() {
        return CompletableFuture.failedFuture(new NoClassDefFoundError("Missing"));
    }

    /** A result that cannot be written. */
    public static final class Unwritable {
        /** Fails like a class that was not deployed. */
        public Object getValue() {
            return missing();
        }
    }

    static Stream<ClientTool> toolsThatMissAClass() {
        return Stream.of(
                signalling(input -> Mono.fromCallable(ToolSignalTests::missing)),
                signalling(input -> Mono.just(1).map(one -> missing())),
                signalling(input -> Mono.just(new Unwritable())),
                tool("it", input -> Mono.just(1).map(one -> missing())),
                tool("it", input -> failed()),
                tool("it", input -> new Unwritable()));
    }

    @ParameterizedTest
    @MethodSource("toolsThatMissAClass")
    void errorOfTheJvmEndsTheRunWhereverItIsThrown(ClientTool broken) {
        assertThat(outcome(runner(broken)).error())
                .isInstanceOf(ToolLoopException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void whatReactorWrapsIsToldUnwrapped() {
        for (RuntimeException wrapped : List.of(
                Exceptions.bubble(failure),
                Exceptions.errorCallbackNotImplemented(failure),
                Exceptions.propagate(new IOException(failure)))) {
            Supplier<Object> thrown = () -> {
                throw wrapped;
            };
            for (ClientTool tool :
                    List.of(tool("it", input -> thrown.get()), signalling(input -> Mono.error(wrapped)))) {
                assertThat(end(runner(tool)).failure()).isSameAs(wrapped.getCause());
            }
        }
    }

    @Test
    void monoThatEmitsTwiceAnswersItsCallOnce() {
        ToolEnd end = end(runner(signalling(input -> Mono.fromDirect(Flux.just("first", "second")))));

        assertThat(Stage.told(Json.of(end.result()))).isEqualTo("first");
    }

    @Test
    void monoIsNotCancelledForHavingAnswered() {
        CompletableFuture<String> ended = new CompletableFuture<>();
        end(runner(signalling(input -> Mono.just("done").doFinally(signal -> ended.complete(String.valueOf(signal))))));

        assertThat(ended).isCompletedWithValue("onComplete");
    }

    @Test
    void hookThatThrowsWhatItWasGivenOrSaysNothingLeavesTheDefault() {
        ToolRunner runner = runner(signalling(input -> Mono.error(new IllegalStateException("secret"))));
        for (ToolRunner hooked : List.of(
                runner.withOnFailure((call, thrown) -> {
                    throw (IllegalStateException) thrown;
                }),
                runner.withOnFailure((call, thrown) -> nothing()),
                runner.withOnFailure((call, thrown) -> {
                    missing();
                    return ToolResult.empty();
                }))) {
            assertThat(Stage.told(Json.of(end(hooked).result())))
                    .isEqualTo("The tool it failed: IllegalStateException.");
        }
    }

    @SuppressWarnings("NullAway")
    private static ToolResult nothing() {
        return null;
    }

    @Test
    void signalsOfAToolThatIsCancelledAtTheSameMomentDoNotReachTheLog() throws Exception {
        race(() -> {
            Sinks.One<Object> answer = Sinks.one();
            return new Race(signalling(input -> answer.asMono()), () -> answer.tryEmitError(failure));
        });
        race(() -> {
            Sinks.One<Object> answer = Sinks.one();
            return new Race(signalling(input -> answer.asMono()), () -> answer.tryEmitValue(1));
        });
        race(() -> {
            CompletableFuture<Object> go = new CompletableFuture<>();
            return new Race(
                    tool("it", input -> {
                        go.get(10, TimeUnit.SECONDS);
                        throw failure;
                    }),
                    () -> go.complete(1));
        });
    }

    /** A tool, and what makes it speak. */
    private record Race(ClientTool tool, Callable<Object> speak) {}

    private static void race(Callable<Race> races) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (HookProbe probe = HookProbe.install()) {
            for (int i = 0; i < RACES; i++) {
                Race race = races.call();
                VirtualTimeScheduler time = VirtualTimeScheduler.create();
                Recorder<ToolEvent> events =
                        Recorder.subscribe(runner(race.tool).withTimer(time).run(REQUEST), Long.MAX_VALUE);
                boolean cancels = i % 2 == 0;
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Object> speaks = threads.submit(() -> {
                    start.await();
                    return race.speak.call();
                });
                threads.submit(() -> {
                            start.await();
                            if (cancels) {
                                events.cancel();
                            } else {
                                time.advanceTimeBy(Duration.ofSeconds(60));
                            }
                            return 0;
                        })
                        .get(10, TimeUnit.SECONDS);
                speaks.get(10, TimeUnit.SECONDS);
                if (!cancels) {
                    assertThat(only(ToolEnd.class, events.outcome(WAIT).events()))
                            .hasSize(1);
                }
            }
            // Reactor's own operators let go of a value that a cancel overtakes; it says nothing in a log.
            assertThat(probe.dropped())
                    .allSatisfy(dropped -> assertThat(dropped).matches("value dropped: Attempt\\[(done|failed)]"));
        } finally {
            threads.shutdownNow();
        }
    }
}
