package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.onConnect;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Group G: many calls, and large ones. */
@Timeout(120)
class ManyCallsIT {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int BODY = 10 << 20;
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @Test
    @DisplayName("G11 10,000 short calls one after another: at most 5 connections, file descriptors flat")
    void shortCallsShareAFewConnections() throws IOException {
        assumeThat(OPEN_FILES).isDirectory();
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient client = client(server)) {
            call(client, 500);
            long before = openFiles();
            call(client, 9_500);

            assertThat(server.reqs()).isEqualTo(10_000);
            assertThat(server.conns()).isLessThanOrEqualTo(5);
            assertThat(openFiles()).isLessThanOrEqualTo(before + 5);
        }
    }

    @Test
    @DisplayName("G16 a request of 10 MB that is on its way holds no more than three times its size")
    void aLargeRequestIsNotCopiedAgainAndAgain() {
        Gate go = new Gate();
        try (ScriptedServer server = ScriptedServer.start(onConnect(await(go), read()), GOOD);
                ClaudeClient client = client(server)) {
            long before = usedHeap();
            MessageRequest large =
                    FaultBench.request().toBuilder().user("x".repeat(BODY)).build();
            Recorder<Message> call = Recorder.subscribe(client.messages().create(large), 1);
            server.awaitConns(1, SOON);
            Await.elapse(Duration.ofMillis(200));
            assertThat(usedHeap() - before).isBetween((long) BODY, 3L * BODY);
            go.open();
            Outcome<Message> outcome = call.outcome(SOON);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        }
    }

    private static void call(ClaudeClient client, int times) {
        Publisher<Message> calls =
                Flux.range(0, times).concatMap(i -> client.messages().create(FaultBench.request()));
        Outcome<Message> outcome = Outcome.of(calls, Duration.ofSeconds(60));
        assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .retry(RetryPolicy.none())
                .build();
    }
}
