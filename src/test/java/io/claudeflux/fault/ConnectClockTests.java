package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that do not come about: each call waits for as long as it said, and leaves nothing behind. */
@Timeout(60)
class ConnectClockTests {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMillis(700);
    private static final Duration SLACK = Duration.ofMillis(400);
    private static final Duration SOON = Duration.ofSeconds(5);

    @BeforeAll
    static void warmUp() {
        try (Hang tls = Hang.start(HangPhase.TLS_HANDSHAKE_SILENT, Clock.TOTAL, LONG, false)) {
            tls.recorder().outcome(SOON).error(ClockException.class);
        }
    }

    @Test
    @DisplayName("a request's own limit may be shorter or longer than the client's")
    void eachRequestHasItsOwnLimit() {
        try (SilentPeer peer = SilentPeer.notAccepting();
                ClaudeClient client = client("http", peer, SHORT)) {
            expectAfter(SHORT, client, SHORT);
            expectAfter(LONG, client, LONG);
            expectAfter(SHORT, client, SHORT);
        }
        try (SilentPeer peer = SilentPeer.notAccepting();
                ClaudeClient client = client("http", peer, LONG)) {
            expectAfter(SHORT, client, SHORT);
            expectAfter(LONG, client, LONG);
        }
    }

    @Test
    @DisplayName("the same for a TLS handshake that gets no answer")
    void theHandshakeHasTheRequestsLimit() {
        try (SilentPeer peer = SilentPeer.reading();
                ClaudeClient client = client("https", peer, LONG)) {
            expectAfter(LONG, client, LONG);
            expectAfter(SHORT, client, SHORT);
            expectAfter(LONG, client, LONG);
        }
    }

    @Test
    @DisplayName("F07 cancel in the TLS handshake: the peer sees it at once, and the connection's place is free")
    void cancelInTheHandshakeIsSeenAtOnce() throws InterruptedException {
        try (HookProbe hooks = HookProbe.install();
                SilentPeer peer = SilentPeer.reading();
                ClaudeClient client = client("https", peer, SOON)) {
            for (int i = 0; i < 10; i++) {
                Recorder<StreamEvent> recorder =
                        Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
                peer.awaitBytes(i + 1, SOON);
                long cancelled = System.nanoTime();
                recorder.cancel();
                long closed = peer.awaitClose(SOON);
                assertThat(Duration.ofNanos(closed - cancelled)).isLessThanOrEqualTo(Duration.ofMillis(100));
                assertThat(recorder.terminals()).isZero();
            }
            hooks.assertNothingDropped();
        }
    }

    @Test
    @DisplayName("F07 a cancelled connect does not keep the next call from trying")
    void cancelledConnectsLeaveNothingBehind() {
        try (HookProbe hooks = HookProbe.install();
                SilentPeer peer = SilentPeer.notAccepting();
                ClaudeClient client = client("http", peer, LONG)) {
            for (int i = 0; i < 5; i++) {
                Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE)
                        .cancel();
            }
            expectAfter(LONG, client, LONG);
            hooks.assertNothingDropped();
        }
    }

    @Test
    @DisplayName("cancels that meet connections in the making do not harm the calls that follow")
    void cancelRacesWithTheConnect() {
        try (HookProbe hooks = HookProbe.install();
                ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl(server.baseUrl())
                        .maxConcurrentRequests(2)
                        .retry(FaultBench.RETRY)
                        .build()) {
            for (int i = 0; i < 500; i++) {
                Recorder<StreamEvent> recorder =
                        Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
                for (int spin = 0; spin < i * 200; spin++) {
                    Thread.onSpinWait();
                }
                recorder.cancel();
                Outcome<StreamEvent> next = Outcome.of(client.messages().stream(FaultBench.request()));
                assertThat(next.isComplete()).as("%d: %s", i, next.describe()).isTrue();
            }
            hooks.assertNothingDropped();
        }
    }

    private static void expectAfter(Duration limit, ClaudeClient client, Duration asked) {
        Timeouts timeouts = Hang.only(Clock.CONNECT, asked);
        Outcome<StreamEvent> outcome = Outcome.of(
                client.messages().with(CallOptions.none().withTimeouts(timeouts)).stream(FaultBench.request()));
        ClockException error = outcome.error(ClockException.class);
        assertThat(error.clock()).isEqualTo(Clock.CONNECT);
        assertThat(error.limit()).isEqualTo(limit);
        assertThat(outcome.elapsed())
                .isBetween(limit, limit.multipliedBy(5).dividedBy(4).plus(SLACK));
    }

    private static ClaudeClient client(String scheme, SilentPeer peer, Duration connect) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(scheme + "://127.0.0.1:" + peer.port())
                .maxConcurrentRequests(1)
                .retry(RetryPolicy.none())
                .timeouts(Hang.only(Clock.CONNECT, connect))
                .build();
    }
}
