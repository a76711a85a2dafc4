package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a client while calls are on their way to a connection. */
@Timeout(60)
class ClosingTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String HALF = ms() + bs(0) + d(0, "x");

    @Test
    void aTlsHandshakeEndsWithItsClient() throws InterruptedException {
        try (SilentPeer peer = SilentPeer.reading();
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl("https://127.0.0.1:" + peer.port())
                        .timeouts(Timeouts.defaults().withConnect(Duration.ofMinutes(5)))
                        .build()) {
            Recorder<StreamEvent> call =
                    Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
            peer.awaitBytes(1, SOON);
            assertThat(Outcome.of(client.closeGracefully(Duration.ZERO), SOON).isComplete())
                    .isTrue();
            assertThat(call.outcome(SOON).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
            peer.awaitClose(SOON);
        }
    }

    @Test
    void aRequestThatIsOutWhenItsClientIsClosedMayHaveBeenServed() {
        assertThat(closedDuring(reply(hang()), 0).isAmbiguous()).isTrue();
        assertThat(closedDuring(reply(h200(), chunk(HALF), hang()), 3).isAmbiguous())
                .isFalse();
    }

    @Test
    void aBodyThatEndsWithItsConnectionIsNotTakenForCut() {
        Step untilClose = head(200, "content-type: text/event-stream", "connection: close");
        AdmissionException error = closedDuring(reply(untilClose, raw(HALF), hang()), 3);
        assertThat(error.eventsDelivered()).isEqualTo(3);
        assertThat(error.partial().orElseThrow().text()).isEqualTo("x");
    }

    private static AdmissionException closedDuring(Script script, int events) {
        try (FaultBench bench = FaultBench.serving(script)) {
            Recorder<StreamEvent> call =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            bench.server().awaitReqs(1, SOON);
            call.awaitValues(events, SOON);
            bench.client().close();
            AdmissionException error = call.outcome(SOON).error(AdmissionException.class);
            assertThat(error.reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(error.attempts()).isEqualTo(1);
            return error;
        }
    }

    @Test
    void aConnectEndsWithItsClient() {
        try (SilentPeer peer = SilentPeer.notAccepting()) {
            ClaudeClient client = ClaudeClient.builder()
                    .apiKey(FaultBench.KEY)
                    .baseUrl("http://127.0.0.1:" + peer.port())
                    .timeouts(Timeouts.defaults().withConnect(Duration.ofMinutes(5)))
                    .build();
            Recorder<StreamEvent> call =
                    Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
            client.close();
            assertThat(call.outcome(SOON).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
        }
    }
}
