package io.claudeflux.spring;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What becomes of calls when the application stops. */
@Timeout(60)
class ClientShutdownTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Gate rest = new Gate();
    private final ScriptedServer server = ScriptedServer.start(
            reply(h200(), chunk(ms() + bs(0) + d(0, "a")), await(rest), chunk(d(0, "b") + be(0) + md() + st()), end()));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class))
            .withPropertyValues("claude-flux.api-key=" + Canary.KEY, "claude-flux.base-url=" + server.baseUrl());

    @Test
    void aStreamUnderWayEndsInItsOwnTimeWhileNewCallsAreRefused() {
        runner.run(context -> {
            ClaudeClient client = context.getBean(ClaudeClient.class);
            Recorder<StreamEvent> running = begun(client);
            AtomicBoolean closed = new AtomicBoolean();
            close(context.getSourceApplicationContext(), closed);
            assertThat(refusal(client).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(closed).isFalse();
            rest.open();
            Outcome<StreamEvent> outcome = running.outcome(SOON);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        });
        server.close();
    }

    @Test
    void theGraceEnds() {
        runner.withPropertyValues("claude-flux.shutdown.grace=50ms").run(context -> {
            Recorder<StreamEvent> running = begun(context.getBean(ClaudeClient.class));
            context.close();
            assertThat(running.outcome(SOON).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
        });
        server.close();
    }

    @Test
    void aClientOfTheApplicationEndsTheSameWay() {
        ClaudeClient own =
                ClaudeClient.builder().apiKey("k").baseUrl(server.baseUrl()).build();
        runner.withBean(ClaudeClient.class, () -> own).run(context -> {
            Recorder<StreamEvent> running = begun(own);
            close(context.getSourceApplicationContext(), new AtomicBoolean());
            refusal(own);
            rest.open();
            assertThat(running.outcome(SOON).isComplete()).isTrue();
        });
        server.close();
    }

    @Test
    void anApplicationThatIsStoppedToBeStartedAgainKeepsItsClient() {
        runner.run(context -> {
            ConfigurableApplicationContext application = context.getSourceApplicationContext();
            application.stop();
            application.start();
            rest.open();
            assertThat(context.getBean(ClientShutdown.class).isRunning()).isTrue();
            assertThat(begun(context.getBean(ClaudeClient.class)).outcome(SOON).isComplete())
                    .isTrue();
            context.close();
        });
        server.close();
    }

    @Test
    void itComesBehindTheWebServerAndTheExecutorsAndAheadOfTheEventLoops() {
        runner.run(context -> assertThat(context.getBean(ClientShutdown.class).getPhase())
                .isGreaterThan(0)
                .isLessThan(Integer.MAX_VALUE / 2));
    }

    private static Recorder<StreamEvent> begun(ClaudeClient client) {
        Recorder<StreamEvent> running = Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE);
        running.awaitValues(3, SOON);
        return running;
    }

    /** Closing waits for the clients, and so must not be waited for. */
    private static void close(ConfigurableApplicationContext context, AtomicBoolean closed) {
        Schedulers.boundedElastic().schedule(() -> {
            context.close();
            closed.set(true);
        });
    }

    /** Of the first call that is made after the end has begun; those before it are let go. */
    private static AdmissionException refusal(ClaudeClient client) {
        return Flux.defer(() -> client.messages().stream(request()).take(1))
                .repeat()
                .takeUntilOther(Mono.delay(SOON))
                .then()
                .as(Outcome::of)
                .error(AdmissionException.class);
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
