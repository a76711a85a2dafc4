package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Canary;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Group G: a thousand streams at once, with the server in the same JVM and every buffer tracked. How fast is reported
 * and not judged: a slow machine is no defect.
 */
@Timeout(120)
class ManyStreamsIT {
    private static final int STREAMS = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Test
    @DisplayName("G04 1,000 streams x 100 events, 50 ms apart: no error, every delta once, one message_stop each")
    void pacedStreamsAreWhole(TestReporter reporter) {
        play(reporter, 100, Reply.raw(answer(100)).drip(Duration.ofMillis(50)));
    }

    @Test
    @DisplayName(
            "G06 1,000 streams x 200 events, as fast as it goes: no error, every delta once, one message_stop each")
    void fastStreamsAreWhole(TestReporter reporter) {
        play(reporter, 200, Reply.raw(answer(200)).eventsPerChunk(10));
    }

    private static void play(TestReporter reporter, int deltas, Reply reply) {
        try (ClaudeSimulator simulator =
                        ClaudeSimulator.builder().respondWith(request -> reply).start();
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl(simulator.baseUrl())
                        .retry(RetryPolicy.none())
                        .maxConcurrentRequests(STREAMS)
                        .build()) {
            long began = System.nanoTime();
            List<Seen> streams = Flux.range(0, STREAMS)
                    .flatMap(i -> seen(client), STREAMS)
                    .collectList()
                    .block(LONGEST);
            double seconds = (System.nanoTime() - began) / 1e9;

            assertThat(streams).hasSize(STREAMS).containsOnly(new Seen(deltas, 1));
            Await.untilOrFail(
                    "all permits", LONGEST, () -> client.metrics().permits().inUse() == 0);
            reporter.publishEntry(
                    "events a second", String.format(Locale.ROOT, "%,.0f", STREAMS * (deltas + 5) / seconds));
        }
    }

    private static Mono<Seen> seen(ClaudeClient client) {
        Flux<StreamEvent> events = client.messages().stream(FaultBench.request());
        return events.reduce(new Seen(0, 0), Seen::and);
    }

    private static String answer(int deltas) {
        return ms() + bs(0) + d(0, Canary.ANSWER).repeat(deltas) + be(0) + md() + st();
    }

    private record Seen(int deltas, int stops) {
        Seen and(StreamEvent event) {
            return new Seen(
                    deltas + (event instanceof ContentBlockDelta ? 1 : 0),
                    stops + (event instanceof MessageStop ? 1 : 0));
        }
    }
}
