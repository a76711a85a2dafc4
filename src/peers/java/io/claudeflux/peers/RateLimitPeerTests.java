package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.peers.SideBySide.Bench;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server says 429, and for how long. */
class RateLimitPeerTests {
    private static final int CALLS = 40;
    private static final Duration HINT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void manyCallsAreToldToWait() {
        Map<Peer, LongSummaryStatistics> waits = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            waits.put(peer, waits(peer));
        }

        assertThat(SideBySide.of(Peer.CLAUDE_FLUX, waits).getMin()).isGreaterThanOrEqualTo(HINT.toMillis());
        assertThat(SideBySide.of(Peer.OFFICIAL_SDK, waits).getMin()).isGreaterThanOrEqualTo(HINT.toMillis());
        assertThat(SideBySide.of(Peer.SPRING_AI, waits).getMin()).isGreaterThanOrEqualTo(HINT.toMillis());
        assertThat(SideBySide.of(Peer.WEB_CLIENT, waits).getMin()).isLessThan(HINT.toMillis());
        assertThat(spread(waits, Peer.CLAUDE_FLUX))
                .isGreaterThan(3 * spread(waits, Peer.OFFICIAL_SDK))
                .isGreaterThan(3 * spread(waits, Peer.SPRING_AI));
    }

    private static long spread(Map<Peer, LongSummaryStatistics> waits, Peer peer) {
        return SideBySide.of(peer, waits).getMax() - SideBySide.of(peer, waits).getMin();
    }

    /** How many milliseconds after the answers each second attempt came; the first ones are all answered at once. */
    private static LongSummaryStatistics waits(Peer peer) {
        Gate together = new Gate();
        Script[] scripts = new Script[CALLS + 1];
        Arrays.fill(scripts, limited(together, HINT));
        scripts[CALLS] = reply(h200(), chunk(good("Hi")), end());
        try (ScriptedServer server = ScriptedServer.start(scripts);
                PeerClient client = peer.open(PeerSettings.of(server.baseUrl()))) {
            Bench bench = new Bench(server, client);
            List<Recorder<String>> readers =
                    Stream.generate(bench::subscribe).limit(CALLS).toList();
            server.awaitReqs(CALLS, SideBySide.LIMIT);
            long told = System.nanoTime();
            together.open();
            readers.forEach(reader ->
                    assertThat(reader.outcome(SideBySide.LIMIT).error()).isNull());
            return server.requests().stream()
                    .skip(CALLS)
                    .mapToLong(RecordedRequest::receivedNanos)
                    .map(at -> (at - told) / 1_000_000)
                    .summaryStatistics();
        }
    }

    @Test
    void callIsToldToWaitAnHour() {
        Gate open = new Gate();
        open.open();

        assertThat(each(
                        bench -> {
                            Recorder<String> reader = bench.subscribe();
                            Await.until(PATIENCE, reader::hasEnded);
                            Throwable error = reader.error();
                            int requests = bench.server().reqs();
                            SideBySide.cancelAside(List.of(reader));
                            return (error == null ? "waits" : error.getClass().getSimpleName()) + ", requests: "
                                    + requests;
                        },
                        limited(open, Duration.ofHours(1))))
                .isEqualTo(columns(
                        "RateLimitException, requests: 1",
                        "waits, requests: 1",
                        "waits, requests: 1",
                        "RetryExhaustedException, requests: 3"));
    }

    private static Script limited(Gate gate, Duration hint) {
        return reply(
                await(gate), json(429, errorJson("rate_limit_error", "Slow down"), "retry-after: " + hint.toSeconds()));
    }
}
