package io.claudeflux.micrometer;

import static io.claudeflux.micrometer.Answers.BUSY;
import static io.claudeflux.micrometer.Answers.COUNTED;
import static io.claudeflux.micrometer.Answers.CUT;
import static io.claudeflux.micrometer.Answers.GOOD;
import static io.claudeflux.micrometer.Answers.LIMIT;
import static io.claudeflux.micrometer.Answers.REFUSED;
import static io.claudeflux.micrometer.Answers.SILENT;
import static io.claudeflux.micrometer.Answers.request;
import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Needles;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.ContentBlockDelta;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.ObservationContextAssert;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What is observed of a call, for each way it can end. */
@Timeout(60)
class ClaudeObservationsTests {
    private static final String CALL = "gen_ai.client.operation.duration";

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final AtomicInteger open = new AtomicInteger();

    @BeforeEach
    void countWhatIsOpen() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                open.incrementAndGet();
            }

            @Override
            public void onStop(Observation.Context context) {
                open.decrementAndGet();
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return !"page".equals(context.getName());
            }
        });
    }

    @AfterEach
    void everyObservationIsStopped() {
        assertThat(open).hasValue(0);
    }

    /** Whatever was asked, answered or refused: nothing of it is observed. */
    @AfterEach
    void nothingOfTheContentIsObserved() {
        Needles needles = Canary.needles();
        assertThat(registry).hasHandledContextsThatSatisfy(contexts -> {
            for (Observation.Context context : contexts) {
                Throwable error = context.getError();
                List<String> told = new ArrayList<>(List.of(
                        String.valueOf(context.getContextualName()),
                        error == null ? "" : error + String.valueOf(error.getCause()),
                        context.toString()));
                context.getAllKeyValues().forEach(tag -> told.add(tag.toString()));
                assertThat(told).noneMatch(needles::isIn);
            }
        });
    }

    @Test
    void completeCallTellsWhatTheConventionsAskFor() {
        serving(GOOD, claude -> completes(claude.messages().stream(request())));
        assertThat(registry).hasNumberOfObservationsEqualTo(2);
        call().doesNotHaveError()
                .hasContextualNameEqualTo("chat claude-sonnet-5-5")
                .hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
                .hasLowCardinalityKeyValue("gen_ai.provider.name", "anthropic")
                .hasLowCardinalityKeyValue("gen_ai.request.model", "claude-sonnet-5-5")
                .hasLowCardinalityKeyValueWithKey("gen_ai.response.model")
                .hasLowCardinalityKeyValue("server.address", "127.0.0.1")
                .hasLowCardinalityKeyValueWithKey("server.port")
                .hasLowCardinalityKeyValue("outcome", "complete")
                .hasLowCardinalityKeyValue("error.type", "none")
                .hasHighCardinalityKeyValue("gen_ai.request.stream", "true")
                .hasHighCardinalityKeyValue("gen_ai.request.max_tokens", "64")
                .hasHighCardinalityKeyValueWithKey("gen_ai.response.id")
                .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "end_turn")
                .hasHighCardinalityKeyValueWithKey("gen_ai.response.time_to_first_chunk")
                .hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "10")
                .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "5")
                .hasHighCardinalityKeyValue("claude.flux.attempts", "1")
                .hasHighCardinalityKeyValueWithKey("claude.flux.queue.wait");
        attempt("attempt 1").doesNotHaveError().hasLowCardinalityKeyValue("error.type", "none");
    }

    @Test
    void errorIsToldByItsLabelAlone() {
        serving(REFUSED, claude -> fails(claude.messages().create(request()).flux(), InvalidRequestException.class));
        call().hasLowCardinalityKeyValue("outcome", "error")
                .hasLowCardinalityKeyValue("error.type", "invalid_request_error")
                .hasLowCardinalityKeyValue("gen_ai.response.model", "none")
                .hasHighCardinalityKeyValue("claude.flux.request.id", "req_t")
                .doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.response.id")
                .thenError()
                .hasMessage("invalid_request_error")
                .hasNoCause();
        attempt("attempt 1").hasLowCardinalityKeyValue("error.type", "invalid_request_error");
    }

    @Test
    void cancelledCallIsStoppedWithItsAttempt() {
        serving(
                SILENT,
                claude -> StepVerifier.create(claude.messages().stream(request()))
                        .thenConsumeWhile(event -> !(event instanceof ContentBlockDelta))
                        .expectNextCount(1)
                        .thenCancel()
                        .verify(LIMIT));
        call().doesNotHaveError()
                .hasLowCardinalityKeyValue("outcome", "cancelled")
                .hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "10")
                .hasHighCardinalityKeyValue("claude.flux.events", "3");
        attempt("attempt 1").doesNotHaveError();
    }

    @Test
    void truncatedStreamIsNoCommonError() {
        serving(CUT, claude -> fails(claude.messages().stream(request()), StreamException.class));
        call().hasLowCardinalityKeyValue("outcome", "truncated")
                .hasLowCardinalityKeyValue("error.type", "stream_incomplete");
    }

    @Test
    void stalledStreamIsNoCommonErrorEither() {
        Timeouts impatient = Timeouts.defaults().withIdle(Duration.ofMillis(100));
        serving(
                b -> b.timeouts(impatient),
                claude -> fails(claude.messages().stream(request()), ClockException.class),
                SILENT);
        call().hasLowCardinalityKeyValue("outcome", "stalled").hasLowCardinalityKeyValue("error.type", "clock_idle");
    }

    @Test
    void retriedCallHasAnObservationForEachAttempt() {
        serving(b -> b, claude -> completes(claude.messages().create(request()).flux()), BUSY, GOOD);
        assertThat(registry).hasNumberOfObservationsEqualTo(3);
        call().doesNotHaveError()
                .hasLowCardinalityKeyValue("outcome", "complete")
                .hasHighCardinalityKeyValue("claude.flux.attempts", "2");
        attempt("attempt 1")
                .hasLowCardinalityKeyValue("error.type", "overloaded_error")
                .hasError();
        attempt("attempt 2").hasLowCardinalityKeyValue("error.type", "none").doesNotHaveError();
    }

    @Test
    void callThatTheQueueRefusesHasNoAttempt() {
        serving(
                b -> b.maxConcurrentRequests(1).maxQueuedRequests(0),
                claude -> StepVerifier.create(claude.messages().stream(request()))
                        .thenConsumeWhile(event -> !(event instanceof ContentBlockDelta))
                        .expectNextCount(1)
                        .then(() -> {
                            registry.clear();
                            fails(claude.messages().stream(request()), AdmissionException.class);
                            assertThat(registry).hasNumberOfObservationsEqualTo(1);
                            call().hasLowCardinalityKeyValue("outcome", "refused")
                                    .hasLowCardinalityKeyValue("error.type", "admission_queue_full");
                        })
                        .thenCancel()
                        .verify(LIMIT),
                SILENT);
    }

    @Test
    void otherModelIsAnotherAttemptOfTheCall() {
        serving(
                b -> b.fallbackModels("claude-haiku-4-5"),
                claude -> completes(claude.messages().stream(request())),
                BUSY,
                BUSY,
                GOOD);
        call().hasLowCardinalityKeyValue("gen_ai.request.model", "claude-sonnet-5-5")
                .hasLowCardinalityKeyValue("outcome", "complete");
        attempt("attempt 2").hasLowCardinalityKeyValue("gen_ai.request.model", "claude-sonnet-5-5");
        attempt("attempt 3").hasLowCardinalityKeyValue("gen_ai.request.model", "claude-haiku-4-5");
    }

    @Test
    void otherEndpointsAreOtherOperations() {
        serving(
                b -> b.retry(RetryPolicy.none()),
                claude -> {
                    completes(claude.messages().countTokens(request()).flux());
                    fails(claude.models().list(), OverloadedException.class);
                },
                COUNTED,
                BUSY);
        List<String> names = new ArrayList<>();
        assertThat(registry)
                .hasHandledContextsThatSatisfy(contexts -> contexts.stream()
                        .filter(context -> CALL.equals(context.getName()))
                        .forEach(context -> names.add(context.getContextualName())));
        assertThat(names).containsExactlyInAnyOrder("count_tokens claude-sonnet-5-5", "list_models");
    }

    @Test
    void parentComesFromTheReactorContext() {
        Observation parent = Observation.start("page", registry);
        serving(
                GOOD,
                claude -> completes(claude.messages().stream(request())
                        .contextWrite(context -> context.put("micrometer.observation", parent))));
        call().hasParentObservationEqualTo(parent);
        attempt("attempt 1").hasParentObservationContextMatching(context -> CALL.equals(context.getName()));
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void attemptsOfACallThatIsNotWantedBelongToItsCaller() {
        registry.observationConfig().observationPredicate((name, context) -> !name.equals(CALL));
        Observation parent = Observation.start("page", registry);
        serving(
                GOOD,
                claude -> completes(claude.messages().stream(request())
                        .contextWrite(context -> context.put("micrometer.observation", parent))));
        assertThat(registry).hasNumberOfObservationsWithNameEqualTo(CALL, 0);
        attempt("attempt 1").hasParentObservationEqualTo(parent);
    }

    @Test
    void registryWithoutHandlersCostsNothing() {
        for (ObservationRegistry silent : List.of(ObservationRegistry.NOOP, ObservationRegistry.create())) {
            try (ScriptedServer server = ScriptedServer.start(GOOD);
                    ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(silent))) {
                completes(claude.messages().stream(request()));
            }
        }
        assertThat(registry).doesNotHaveAnyObservation();
    }

    @Test
    void conventionIsReplacedForOneListenerOrForTheRegistry() {
        OldNames old = new OldNames();
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry, old))) {
            completes(claude.messages().stream(request()));
        }
        registry.observationConfig().observationConvention(old);
        serving(GOOD, claude -> completes(claude.messages().stream(request())));
        assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation", 2)
                .forAllObservationsWithNameEqualTo(
                        "gen_ai.client.operation",
                        context -> context.hasLowCardinalityKeyValue("gen_ai.system", "anthropic"));
    }

    @Test
    void handlerThatThrowsBreaksNothing() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                open.decrementAndGet();
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return "claude.flux.attempt".equals(context.getName());
            }
        });
        serving(b -> b, claude -> completes(claude.messages().stream(request())), BUSY, GOOD);
        call().hasLowCardinalityKeyValue("outcome", "complete");
    }

    @Test
    void tenThousandOddModelsAreAHundredTags() {
        ModelNames names = new ModelNames();
        long strange = Flux.range(0, 10_000)
                .map(i -> names.bounded((i % 2 == 0 ? "model-" : "a name with blanks ") + i))
                .distinct()
                .count()
                .blockOptional()
                .orElseThrow();
        assertThat(strange).isEqualTo(21);
        assertThat(names.bounded("claude-opus-5")).isEqualTo("claude-opus-5");
        long known = Flux.range(0, 10_000)
                .map(i -> names.bounded("claude-" + i))
                .distinct()
                .count()
                .blockOptional()
                .orElseThrow();
        assertThat(known).isEqualTo(100);
        assertThat(names.bounded("claude-opus-5")).isEqualTo("claude-opus-5");
        assertThat(names.bounded("claude" + "x".repeat(80))).isEqualTo("other");
    }

    private static final class OldNames
            implements ClaudeObservationConvention, GlobalObservationConvention<ClaudeObservationContext> {
        @Override
        public String getName() {
            return "gen_ai.client.operation";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(ClaudeObservationContext call) {
            return ClaudeObservationConvention.super
                    .getLowCardinalityKeyValues(call)
                    .and("gen_ai.system", "anthropic");
        }
    }

    private ObservationContextAssert<?> call() {
        return ObservationContextAssert.assertThat(only(context -> CALL.equals(context.getName())));
    }

    private ObservationContextAssert<?> attempt(String name) {
        return ObservationContextAssert.assertThat(only(context -> name.equals(context.getContextualName())))
                .hasNameEqualTo("claude.flux.attempt");
    }

    private Observation.Context only(Predicate<Observation.Context> wanted) {
        List<Observation.Context> found = new ArrayList<>();
        assertThat(registry)
                .hasHandledContextsThatSatisfy(
                        contexts -> contexts.stream().filter(wanted).forEach(found::add));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private void serving(Script script, Consumer<ClaudeClient> test) {
        serving(settings -> settings.retry(RetryPolicy.none()), test, script);
    }

    private void serving(UnaryOperator<ClaudeClient.Builder> settings, Consumer<ClaudeClient> test, Script... scripts) {
        try (ScriptedServer server = ScriptedServer.start(scripts);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry), settings)) {
            test.accept(claude);
        }
    }

    private static void completes(Flux<?> answer) {
        StepVerifier.create(answer.then()).expectComplete().verify(LIMIT);
    }

    private static void fails(Flux<?> answer, Class<? extends Throwable> as) {
        StepVerifier.create(answer.then()).expectError(as).verify(LIMIT);
    }
}
