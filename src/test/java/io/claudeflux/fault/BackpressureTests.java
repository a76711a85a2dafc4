package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Group G: demand reaches the socket, and nothing between it and the consumer piles up. */
@Timeout(120)
class BackpressureTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long MIB = 1 << 20;
    private static final String KILOBYTE = d(0, "x".repeat(1000));

    @Test
    @DisplayName("G01 a consumer that asks one at a time stalls the server")
    void slowConsumerStopsTheServer() {
        Script script = reply(h200(), chunk(ms() + bs(0)), flood(200 * MIB, KILOBYTE));
        try (ScriptedServer server = ScriptedServer.start(script);
                ClaudeClient client = client(server)) {
            long before = usedHeap();
            Recorder<StreamEvent> recorder = Recorder.subscribe(client.messages().stream(FaultBench.request()), 1);
            for (int i = 2; i <= 250; i++) {
                Await.elapse(Duration.ofMillis(20));
                recorder.request(1);
            }
            recorder.awaitValues(250, SOON);

            assertThat(recorder.n()).isEqualTo(250);
            assertThat(server.bytesWritten()).isLessThanOrEqualTo(8 * MIB);
            assertThat(usedHeap() - before).isLessThanOrEqualTo(16 * MIB);
            recorder.cancel();
            server.awaitSettled(Duration.ofSeconds(1));
        }
    }

    @Test
    @DisplayName("G02 a consumer that asks for nothing gets nothing, and one that stops is left in peace")
    void noDemandNoEvents() {
        Script script = reply(h200(), chunk(ms() + bs(0)), flood(200 * MIB, KILOBYTE));
        try (FaultBench bench = FaultBench.serving(script)) {
            Recorder<StreamEvent> recorder = bench.subscribe(bench.client().messages().stream(FaultBench.request()), 0);
            assertThat(Await.until(Duration.ofMillis(200), () -> recorder.n() > 0))
                    .isFalse();
            recorder.request(3);
            recorder.awaitValues(3, SOON);
            bench.server().connection(0).awaitStall(Duration.ofMillis(300), SOON);

            assertThat(recorder.n()).isEqualTo(3);
            assertThat(recorder.hasEnded()).isFalse();
            recorder.cancel();
        }
    }

    @Test
    @DisplayName("G03 500 events asked for one by one arrive all, in order")
    void singleRequestsDeliverEverything() {
        String deltas = IntStream.range(0, 500).mapToObj(i -> d(0, i + " ")).reduce("", String::concat);
        String numbers = IntStream.range(0, 500).mapToObj(i -> i + " ").reduce("", String::concat);
        try (FaultBench bench =
                FaultBench.serving(reply(h200(), chunk(ms() + bs(0) + deltas + be(0) + md() + st()), end()))) {
            Recorder<StreamEvent> recorder = bench.subscribe(bench.client().messages().stream(FaultBench.request()), 0);
            for (int i = 1; i <= 505; i++) {
                recorder.request(1);
                recorder.awaitValues(i, SOON);
                assertThat(recorder.n()).isEqualTo(i);
            }
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(Expect.text(outcome.events())).isEqualTo(numbers);
        }
    }

    @Test
    @DisplayName("G03 the end of the stream needs no demand of its own")
    void completionNeedsNoDemand() {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(ms() + bs(0) + be(0) + md() + st()), end()))) {
            Recorder<StreamEvent> recorder = bench.subscribe(bench.client().messages().stream(FaultBench.request()), 5);
            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.isComplete()).isTrue();
            assertThat(outcome.events()).last().isInstanceOf(MessageStop.class);
        }
    }

    @Test
    @DisplayName("G19 64 MiB of text over one stream leave the heap flat")
    void longStreamKeepsTheHeapFlat() {
        Script script =
                reply(h200(), chunk(ms() + bs(0)), flood(64 * MIB, KILOBYTE), chunk(be(0) + md() + st()), end());
        try (ScriptedServer server = ScriptedServer.start(script);
                ClaudeClient client = client(server)) {
            long before = usedHeap();
            AtomicLong peak = new AtomicLong();
            AtomicLong events = new AtomicLong();
            Flux<StreamEvent> counted = client.messages().stream(FaultBench.request())
                    .doOnNext(event -> {
                        if (events.incrementAndGet() % 15_000 == 0) {
                            peak.accumulateAndGet(usedHeap() - before, Math::max);
                        }
                    });
            Outcome<StreamEvent> outcome = Outcome.of(counted.takeLast(1), Duration.ofSeconds(60));

            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(outcome.events()).singleElement().isInstanceOf(MessageStop.class);
            assertThat(events.get()).isGreaterThan(50_000);
            assertThat(peak.get()).isLessThanOrEqualTo(16 * MIB);
        }
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .build();
    }

    /** What is reachable, so that garbage waiting for its collector does not count. */
    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
