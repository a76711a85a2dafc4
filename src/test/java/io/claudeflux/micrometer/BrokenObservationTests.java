package io.claudeflux.micrometer;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.micrometer.Answers.BUSY;
import static io.claudeflux.micrometer.Answers.GOOD;
import static io.claudeflux.micrometer.Answers.LIMIT;
import static io.claudeflux.micrometer.Answers.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.schema.StructuredOutput;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Observations where a propagator, a convention or the application does what it should not. */
@Timeout(60)
class BrokenObservationTests {
    private static final String CALL = "gen_ai.client.operation.duration";
    private static final String ATTEMPT = "claude.flux.attempt";

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

    BrokenObservationTests() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                heard.add("start " + context.getName());
            }

            @Override
            public void onStop(Observation.Context context) {
                heard.add("stop " + context.getName());
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    record Refusing(String name) {
        Refusing {
            throw new AssertionError("not " + name);
        }
    }

    @Test
    void headerThatCannotBeOneIsLeftOutAndTheOthersAreSent() {
        registry.observationConfig().observationHandler(new Propagator());
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            completes(claude.messages().create(request()));
            assertThat(server.request(0).header("traceparent")).contains("00-1-2-01");
            assertThat(server.request(0).headerNames()).doesNotContain("baggage");
        }
    }

    private static final class Propagator implements ObservationHandler<SenderContext<Object>> {
        @Override
        public void onStart(SenderContext<Object> context) {
            Object carrier = Objects.requireNonNull(context.getCarrier());
            context.getSetter().set(carrier, "baggage", "visitor=Zo\u00eb");
            context.getSetter().set(carrier, "traceparent", "00-1-2-01");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }
    }

    @Test
    void conventionThatThrowsAtTheEndLeavesNothingOpen() {
        ClaudeObservationConvention broken = new ClaudeObservationConvention() {
            @Override
            public KeyValues getHighCardinalityKeyValues(ClaudeObservationContext call) {
                if (call.end().isPresent()) {
                    throw new IllegalStateException("broken on purpose");
                }
                return KeyValues.empty();
            }
        };
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry, broken))) {
            completes(claude.messages().create(request()));
        }
        assertThat(heard).containsExactly("start " + CALL, "start " + ATTEMPT, "stop " + ATTEMPT, "stop " + CALL);
        assertThat(tag(CALL, "outcome")).isEqualTo("complete");
    }

    @Test
    void handlerThatThrowsAtTheEndHearsOfItOnce() {
        registry.observationConfig().observationHandler(new ObservationHandler<ClaudeObservationContext>() {
            @Override
            public void onStop(ClaudeObservationContext context) {
                heard.add("broken");
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof ClaudeObservationContext;
            }
        });
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            completes(claude.messages().create(request()));
        }
        assertThat(heard).containsOnlyOnce("broken");
    }

    @Test
    void failureThatIsNoneOfOursIsAnErrorToo() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("{\"name\":\"x\"}")), end()));
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            StepVerifier.create(claude.messages().create(request(), StructuredOutput.of(Refusing.class)))
                    .expectError(AssertionError.class)
                    .verify(LIMIT);
        }
        assertThat(tag(CALL, "error.type")).isEqualTo("other");
        assertThat(tag(ATTEMPT, "error.type")).isEqualTo("other");
        assertThat(stopped)
                .extracting(Observation.Context::getError)
                .allSatisfy(error -> assertThat(error).hasMessage("other").hasNoCause());
    }

    @Test
    void attemptsOfAnUnobservedCallBelongToWhoeverSubscribedWithoutAContext() {
        registry.observationConfig().observationPredicate((name, context) -> !name.equals(CALL));
        Observation page = Observation.start("page", registry);
        try (ScriptedServer server = ScriptedServer.start(BUSY, GOOD);
                ClaudeClient claude = Answers.client(server, ClaudeObservations.listener(registry))) {
            page.scoped(() -> completes(claude.messages().create(request())));
        }
        page.stop();
        assertThat(stopped)
                .filteredOn(context -> ATTEMPT.equals(context.getName()))
                .hasSize(2)
                .extracting(Observation.Context::getParentObservation)
                .allSatisfy(parent -> assertThat(nameOf(parent)).isEqualTo("page"));
    }

    private static @Nullable String nameOf(@Nullable ObservationView observation) {
        return observation == null ? null : ((Observation.Context) observation.getContextView()).getName();
    }

    private String tag(String name, String key) {
        return stopped.stream()
                .filter(context -> name.equals(context.getName()))
                .map(context -> Objects.requireNonNull(context.getLowCardinalityKeyValue(key))
                        .getValue())
                .findFirst()
                .orElseThrow();
    }

    private static void completes(Mono<?> answer) {
        StepVerifier.create(answer.then()).expectComplete().verify(LIMIT);
    }
}
