package io.claudeflux.spring;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** What an application of Spring Boot gets with the jar. */
@Timeout(60)
class ClaudeFluxAutoConfigurationTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    private static final ScriptedServer SERVER = ScriptedServer.start(GOOD);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class))
            .withPropertyValues("claude-flux.api-key=" + Canary.KEY, "claude-flux.base-url=" + SERVER.baseUrl());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void bootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(ClaudeFluxAutoConfiguration.class.getName());
    }

    @Test
    void aKeyIsEnoughForAClientAndItsCloseComesWithTheContexts() {
        AtomicReference<ClaudeClient> kept = new AtomicReference<>();
        runner.run(context -> {
            ClaudeClient client = context.getBean(ClaudeClient.class);
            kept.set(client);
            assertThat(answer(client).isComplete()).isTrue();
            assertThat(SERVER.request(SERVER.reqs() - 1).header("x-api-key")).contains(Canary.KEY);
        });
        assertThat(answer(Objects.requireNonNull(kept.get()))
                        .error(AdmissionException.class)
                        .reason())
                .isEqualTo(AdmissionException.Reason.CLOSED);
    }

    @Test
    void aClientOfTheApplicationIsLeftAlone() {
        ClaudeClient own = ClaudeClient.builder()
                .apiKey(Canary.KEY)
                .baseUrl(SERVER.baseUrl())
                .build();
        runner.withBean("own", ClaudeClient.class, () -> own)
                .run(context -> assertThat(context.getBean(ClaudeClient.class)).isSameAs(own));
        assertThat(answer(own).error(AdmissionException.class)).isNotNull();
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("claude-flux.enabled=false", "claude-flux.timeouts.idle=-1s")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ClaudeClient.class)
                        .doesNotHaveBean(ClientShutdown.class));
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        runner.withBean("second", ClaudeClientCustomizer.class, () -> new Beta(2, "second"))
                .withBean("first", ClaudeClientCustomizer.class, () -> new Beta(1, "first"))
                .withPropertyValues("claude-flux.betas=of-a-property")
                .run(context -> {
                    answer(context.getBean(ClaudeClient.class));
                    assertThat(SERVER.request(SERVER.reqs() - 1).header("anthropic-beta"))
                            .contains("of-a-property,first,second");
                });
    }

    @Test
    void listenersHearOfEveryCall() {
        List<String> heard = new CopyOnWriteArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void onTerminal(End end) {
                heard.add(end.endpoint());
            }
        };
        runner.withBean(CallListener.class, () -> listener).run(context -> {
            answer(context.getBean(ClaudeClient.class));
            assertThat(heard).containsExactly("POST /v1/messages");
        });
    }

    @Test
    void theEventLoopsOfTheApplicationAreSharedAndNotDisposed() {
        LoopResources loops = LoopResources.create("of-the-application", 1, true);
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(loops);
        List<String> threads = new CopyOnWriteArrayList<>();
        runner.withBean(ReactorResourceFactory.class, () -> resources).run(context -> {
            ClaudeClient client = context.getBean(ClaudeClient.class);
            Outcome.of(client.messages().stream(request())
                    .doOnNext(event -> threads.add(Thread.currentThread().getName())));
            client.close();
            assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("of-the-application"));
            assertThat(loops.isDisposed()).isFalse();
        });
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(5));
    }

    @Test
    void micrometerIsToldOfCallsAndCanBeSwitchedOff() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TestObservationRegistry observations = TestObservationRegistry.create();
        ApplicationContextRunner observed = runner.withBean(MeterRegistry.class, () -> meters)
                .withBean(ObservationRegistry.class, () -> observations);
        observed.withPropertyValues("claude-flux.metrics.enabled=false", "claude-flux.observations.enabled=false")
                .run(context -> answer(context.getBean(ClaudeClient.class)));
        assertThat(meters.getMeters()).isEmpty();
        TestObservationRegistryAssert.assertThat(observations).doesNotHaveAnyObservation();
        observed.run(context -> {
            context.getBean(MeterBinder.class).bindTo(meters);
            answer(context.getBean(ClaudeClient.class));
            assertThat(meters.get("claude.flux.permits.limit").gauge().value()).isEqualTo(256);
            assertThat(meters.find("gen_ai.client.token.usage").meters()).isNotEmpty();
            TestObservationRegistryAssert.assertThat(observations)
                    .hasObservationWithNameEqualTo("gen_ai.client.operation.duration");
        });
    }

    @Test
    void nothingButSpringBootIsNeeded() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.web",
                        "org.springframework.http",
                        "io.micrometer",
                        "org.springframework.boot.health",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.micrometer"))
                .run(context -> assertThat(
                                answer(context.getBean(ClaudeClient.class)).isComplete())
                        .isTrue());
    }

    private static Outcome<Message> answer(ClaudeClient client) {
        return Outcome.of(client.messages().create(request()));
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }

    /** Adds a beta at a place. */
    private record Beta(int getOrder, String name) implements ClaudeClientCustomizer, Ordered {
        @Override
        public void customize(ClaudeClient.Builder builder) {
            builder.beta(name);
        }
    }
}
