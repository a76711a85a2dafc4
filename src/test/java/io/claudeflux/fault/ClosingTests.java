package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a client while calls are on their way to a connection. */
@Timeout(60)
class ClosingTests {
    private static final Duration SOON = Duration.ofSeconds(5);

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
