package io.claudeflux;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.Origin;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The end of a client, with and without grace, once and again. */
@Timeout(60)
class ClientCloseTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Script HANGING = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang());
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @Test
    void callsStillUnderWayWhenTheGraceIsOverEndAsClosed() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(HANGING);
                HookProbe hooks = HookProbe.install();
                ClaudeClient client = client(server)) {
            List<Recorder<StreamEvent>> running = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                running.add(Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE));
            }
            running.forEach(recorder -> recorder.awaitValues(3, SOON));
            Outcome<Void> closing = Outcome.of(client.closeGracefully(Duration.ofMillis(300)), SOON);

            assertThat(closing.isComplete()).as(closing.describe()).isTrue();
            assertThat(closing.elapsed()).isBetween(Duration.ofMillis(295), Duration.ofSeconds(3));
            for (Recorder<StreamEvent> recorder : running) {
                AdmissionException error = recorder.outcome(SOON).error(AdmissionException.class);
                assertThat(error.reason()).isEqualTo(AdmissionException.Reason.CLOSED);
                assertThat(error.origin()).isEqualTo(Origin.CLOSED);
                assertThat(error.eventsDelivered()).isEqualTo(3);
                assertThat(error.partial().orElseThrow().text()).isEqualTo("x");
            }
            for (int i = 0; i < 5; i++) {
                server.connection(i).awaitPeerClose(Duration.ofSeconds(2));
            }
            hooks.assertNothingDropped();
        }
    }

    @Test
    void nothingUnderWayIsNothingToWaitFor() {
        try (ScriptedServer server = ScriptedServer.start(GOOD)) {
            ClaudeClient client = client(server);
            assertThat(Outcome.of(client.messages().create(request())).isComplete())
                    .isTrue();
            Outcome<Void> closing = Outcome.of(client.closeGracefully(Duration.ofMinutes(5)), SOON);
            assertThat(closing.isComplete()).as(closing.describe()).isTrue();
            assertThat(closing.elapsed()).isLessThan(Duration.ofSeconds(3));
            Await.untilOrFail(
                    "no connection left", SOON, () -> server.connection(0).isPeerClosed());
        }
    }

    @Test
    void closingIsColdAndHarmlessWhenRepeated() {
        try (ScriptedServer server = ScriptedServer.start(GOOD)) {
            ClaudeClient client = client(server);
            Mono<Void> closing = client.closeGracefully(Duration.ofSeconds(5));
            assertThat(Outcome.of(client.messages().create(request())).isComplete())
                    .as("nobody has subscribed to the closing yet")
                    .isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(Outcome.of(closing, SOON).isComplete()).isTrue();
                client.close();
            }
            assertThat(Outcome.of(client.closeGracefully(Duration.ZERO), SOON).isComplete())
                    .isTrue();
            for (Publisher<?> call : List.of(
                    client.messages().stream(request()),
                    client.messages().streamText(request()),
                    client.messages().create(request()),
                    client.messages().createWithResponse(request()))) {
                AdmissionException error = Outcome.of(call).error(AdmissionException.class);
                assertThat(error.reason()).isEqualTo(AdmissionException.Reason.CLOSED);
                assertThat(error.attempts()).isZero();
                assertThat(error.isRetryable()).isFalse();
            }
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void graceOfZeroClosesAtOnce() {
        try (ScriptedServer server = ScriptedServer.start(HANGING);
                ClaudeClient client = client(server)) {
            Recorder<StreamEvent> running = Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE);
            running.awaitValues(3, SOON);
            assertThat(Outcome.of(client.closeGracefully(Duration.ZERO), SOON).isComplete())
                    .isTrue();
            assertThat(running.outcome(SOON).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
        }
    }

    @Test
    void aGraceBeyondAnyCalendarIsAsGoodAsForEver() {
        Gate gate = new Gate();
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), await(gate), chunk(good("hi")), end()));
                ClaudeClient client = client(server)) {
            Recorder<StreamEvent> running = Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE);
            Recorder<Void> closing = Recorder.subscribe(client.closeGracefully(Duration.ofSeconds(Long.MAX_VALUE)), 1);
            assertThat(closing.hasEnded()).isFalse();
            gate.open();
            assertThat(running.outcome(SOON).isComplete()).isTrue();
            assertThat(closing.outcome(SOON).isComplete()).isTrue();
        }
    }

    @Test
    void closeCutsAGraceShort() {
        try (ScriptedServer server = ScriptedServer.start(HANGING)) {
            ClaudeClient client = client(server);
            Recorder<StreamEvent> running = Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE);
            running.awaitValues(3, SOON);
            Recorder<Void> closing = Recorder.subscribe(client.closeGracefully(Duration.ofMinutes(5)), 1);
            assertThat(closing.hasEnded()).isFalse();
            client.close();
            assertThat(running.outcome(SOON).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(closing.outcome(SOON).isComplete()).isTrue();
        }
    }

    @Test
    void clientsDoNotCloseEachOther() {
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient other = client(server)) {
            client(server).close();
            assertThat(Outcome.of(other.messages().create(request())).isComplete())
                    .isTrue();
        }
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                .baseUrl(server.baseUrl())
                .build();
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
