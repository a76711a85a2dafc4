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
import static io.claudeflux.fixture.Steps.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.stream.StreamEvent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.resources.LoopResources;

/** Group G: streams on one event loop, one of which nobody reads. */
@Timeout(60)
class SharedLoopTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long MIB = 1 << 20;
    private static final Script FLOOD = reply(h200(), chunk(ms() + bs(0)), flood(200 * MIB, d(0, "x".repeat(1000))));

    private final LoopResources loop = LoopResources.create("one", 1, true);

    @AfterEach
    void stop() {
        loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(SOON);
    }

    @Test
    @DisplayName("a consumer that has stopped in a flood does not disturb twenty others on its event loop")
    void aStoppedConsumerDoesNotDisturbOthers() {
        try (ScriptedServer server = ScriptedServer.start(FLOOD, paced());
                ClaudeClient client = client(server)) {
            Recorder<StreamEvent> stopped = Recorder.subscribe(client.messages().stream(FaultBench.request()), 10);
            stopped.awaitValues(10, SOON);
            List<Recorder<StreamEvent>> live = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                live.add(Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE));
            }
            for (Recorder<StreamEvent> stream : live) {
                Outcome<StreamEvent> outcome = stream.outcome(SOON);
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
                assertThat(Expect.text(outcome.events())).isEqualTo("x".repeat(20));
            }
            server.connection(0).awaitStall(Duration.ofMillis(200), SOON);

            assertThat(stopped.n()).isEqualTo(10);
            assertThat(stopped.hasEnded()).isFalse();
            assertThat(server.connection(0).bytesWritten()).isLessThanOrEqualTo(8 * MIB);
            stopped.cancel();
        }
    }

    @Test
    @DisplayName("each of ten stopped consumers holds at most 1 MiB of heap, and its peer gets rid of 8 MiB at most")
    void aStoppedConsumerHoldsLittle() {
        int streams = 10;
        try (ScriptedServer server = ScriptedServer.start(FLOOD);
                ClaudeClient client = client(server)) {
            Recorder<StreamEvent> first = Recorder.subscribe(client.messages().stream(FaultBench.request()), 10);
            first.awaitValues(10, SOON);
            server.connection(0).awaitStall(Duration.ofMillis(100), SOON);
            long before = usedHeap();
            List<Recorder<StreamEvent>> stopped = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                stopped.add(Recorder.subscribe(client.messages().stream(FaultBench.request()), 10));
            }
            stopped.forEach(stream -> stream.awaitValues(10, SOON));
            server.connections().forEach(connection -> connection.awaitStall(Duration.ofMillis(50), SOON));

            assertThat((usedHeap() - before) / streams).isLessThanOrEqualTo(MIB);
            assertThat(server.connections())
                    .allMatch(connection -> connection.bytesWritten() <= 8 * MIB)
                    .hasSize(streams + 1);
            stopped.forEach(Recorder::cancel);
            first.cancel();
        }
    }

    /** Twenty letters, ten milliseconds apart. */
    private static Script paced() {
        Step letter = connection -> {
            pause(Duration.ofMillis(10)).run(connection);
            chunk(d(0, "x")).run(connection);
        };
        return reply(Stream.of(
                        Stream.of(h200(), chunk(ms() + bs(0))),
                        Stream.generate(() -> letter).limit(20),
                        Stream.of(chunk(be(0) + md() + st()), end()))
                .flatMap(steps -> steps)
                .toArray(Step[]::new));
    }

    private ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .eventLoops(loop)
                .build();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
