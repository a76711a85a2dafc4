package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** What becomes of connections over many calls, and when the client is closed. */
@Timeout(120)
class ConnectionTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @Test
    @DisplayName("G11 many short calls one after another share a few connections")
    void sequentialCallsReuseConnections() throws IOException {
        assumeThat(OPEN_FILES).isDirectory();
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = client(server)) {
            call(client, 200);
            long before = openFiles();
            call(client, 2000);

            assertThat(server.reqs()).isEqualTo(2200);
            assertThat(server.conns()).isLessThanOrEqualTo(5);
            assertThat(openFiles()).isLessThanOrEqualTo(before + 5);
        }
    }

    @Test
    @DisplayName("G12 an error response with a whole body does not cost the connection")
    void errorsDoNotCostConnections() {
        try (ScriptedServer server = ScriptedServer.start(reply(json(529, errorJson("overloaded_error", "busy"))));
                ClaudeClient client = client(server)) {
            for (int i = 0; i < 50; i++) {
                Outcome.of(client.messages().create(FaultBench.request())).error(OverloadedException.class);
            }
            assertThat(server.conns()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    @DisplayName("G13 connection: close is obeyed")
    void connectionCloseIsObeyed() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(
                head(200, "content-type: text/event-stream", "transfer-encoding: chunked", "connection: close"),
                chunk(good("hi")),
                end()))) {
            done("hi").accept(bench.stream());
            bench.server().connection(0).awaitPeerClose(Duration.ofSeconds(1));
            done("hi").accept(bench.stream());
            assertThat(bench.server().conns()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("G14 fifty calls at a time do not wait for each other, and all end")
    void concurrentStreamsDoNotWaitForEachOther() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = client(server)) {
            Outcome<Message> outcome = Outcome.of(
                    Flux.range(0, 500).flatMap(i -> client.messages().create(FaultBench.request()), 50),
                    Duration.ofSeconds(30));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(outcome.n()).isEqualTo(500);
            assertThat(server.conns()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    @DisplayName("G15 hanging streams do not keep another call from being made")
    void hangingStreamsDoNotBlockOthers() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang()));
                ClaudeClient client = client(server)) {
            List<Recorder<StreamEvent>> recorders = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                recorders.add(Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE));
            }
            recorders.forEach(recorder -> recorder.awaitValues(3, SOON));
            recorders.forEach(Recorder::cancel);
            server.awaitSettled(Duration.ofSeconds(1));
        }
    }

    @Test
    @DisplayName("H01 close ends running streams with a typed error and refuses new ones")
    void closeEndsEverything() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang()))) {
            ClaudeClient client = client(server);
            Recorder<StreamEvent> recorder =
                    Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
            recorder.awaitValues(3, SOON);
            client.close();
            client.close();

            Outcome<StreamEvent> outcome = recorder.outcome(SOON);
            assertThat(outcome.error(AdmissionException.class).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            server.connection(0).awaitPeerClose(Duration.ofSeconds(2));
            Outcome<StreamEvent> late = Outcome.of(client.messages().stream(FaultBench.request()));
            assertThat(late.error(AdmissionException.class).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(server.conns()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("H02 closeGracefully lets running streams finish and refuses new ones")
    void closeGracefullyWaits() {
        Gate go = new Gate();
        try (ScriptedServer server = ScriptedServer.start(
                reply(h200(), chunk(ms()), await(go), chunk(good("hi").substring(ms().length())), end()))) {
            ClaudeClient client = client(server);
            Recorder<StreamEvent> running =
                    Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
            server.awaitReqs(1, SOON);
            Recorder<Void> closing = Recorder.subscribe(client.closeGracefully(Duration.ofSeconds(10)), 1);
            Outcome<StreamEvent> late = Outcome.of(client.messages().stream(FaultBench.request()));
            assertThat(late.error(AdmissionException.class).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
            assertThat(closing.hasEnded()).isFalse();
            go.open();

            done("hi").accept(running.outcome(SOON));
            assertThat(closing.outcome(SOON).isComplete()).isTrue();
            assertThat(server.reqs()).isEqualTo(1);
            Await.untilOrFail(
                    "no connection left", SOON, () -> server.connection(0).isPeerClosed());
        }
    }

    private static void call(ClaudeClient client, int times) {
        for (int i = 0; i < times; i++) {
            Outcome<Message> outcome = Outcome.of(client.messages().create(FaultBench.request()));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(server.baseUrl())
                .retry(FaultBench.RETRY)
                .build();
    }
}
