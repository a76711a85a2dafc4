package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.onConnect;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Group F: a cancelled call is over at once, on both sides of the wire, and nothing comes after it. */
@Timeout(120)
class CancelTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int WARM_UP = 5;
    private static final int RUNS = 100;
    private static final int ROUNDS = 3;

    @Test
    @DisplayName("F01 cancel after the first delta, server idle: the peer sees it at once")
    void cancelOfAnIdleStreamIsSeenAtOnce() throws InterruptedException {
        cancelAfterFirstDelta(reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()));
    }

    @Test
    @DisplayName("F02 cancel after the first delta, server flooding: the peer sees it at once")
    void cancelOfAFloodIsSeenAtOnce() throws InterruptedException {
        cancelAfterFirstDelta(reply(
                h200(), chunk(ms() + bs(0) + d(0, "hi")), flood(Long.MAX_VALUE, d(0, "x".repeat(200)))));
    }

    private static void cancelAfterFirstDelta(Script script) throws InterruptedException {
        closeTimes(script, recorder -> recorder.awaitValues(3, SOON));
    }

    @Test
    @DisplayName("F07 cancel while waiting for the head")
    void cancelBeforeTheHeadIsSeenAtOnce() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(hang()))) {
            assertQuick(20, times -> {
                times.bare(closeOfABareSocket(bench.server()));
                int asked = bench.server().reqs();
                Recorder<StreamEvent> recorder =
                        bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
                bench.server().awaitReqs(asked + 1, SOON);
                times.ours(cancelAndMeasure(bench.server(), recorder));
                assertThat(recorder.n()).isZero();
            });
        }
    }

    @Test
    @DisplayName("F07 cancel while the server does not read the request")
    void cancelWhileSendingIsSeen() throws InterruptedException {
        Gate cancelled = new Gate();
        // More than the socket buffers of both sides take.
        MessageRequest large =
                FaultBench.request().toBuilder().user("x".repeat(24 << 20)).build();
        try (FaultBench bench = FaultBench.serving(onConnect(await(cancelled), read()))) {
            Recorder<StreamEvent> recorder = bench.subscribe(bench.client().messages().stream(large), Long.MAX_VALUE);
            bench.server().awaitConns(1, SOON);
            Await.elapse(Duration.ofMillis(50));
            recorder.cancel();
            cancelled.open();
            bench.server().connection(0).awaitPeerClose(SOON);
            assertThat(bench.server().reqs()).isZero();
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    @DisplayName("F03 take(1) completes, and the connection is closed")
    void takeOneClosesTheConnection() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()))) {
            Outcome<StreamEvent> outcome = bench.observe(
                    bench.client().messages().stream(FaultBench.request()).take(1));
            assertThat(outcome.isComplete()).isTrue();
            assertThat(outcome.events()).singleElement().isInstanceOf(MessageStart.class);
            bench.server().connection(0).awaitPeerClose(SOON);
        }
    }

    @Test
    @DisplayName("F04 cancel from within onNext")
    void cancelFromWithinASignal() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(good("hi")), hang()))) {
            Outcome<StreamEvent> outcome = bench.observe(bench.client().messages().stream(FaultBench.request())
                    .takeUntil(event -> Expect.text(List.of(event)).equals("hi")));
            assertThat(outcome.n()).isEqualTo(3);
            bench.server().connection(0).awaitPeerClose(SOON);
        }
    }

    @Test
    @DisplayName("F05 a cancelled create closes the connection too")
    void cancelOfCreateClosesTheConnection() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()))) {
            Recorder<Message> recorder =
                    bench.subscribe(bench.client().messages().create(FaultBench.request()), 1);
            bench.server().awaitReqs(1, SOON);
            recorder.cancel();
            bench.server().connection(0).awaitPeerClose(SOON);
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    @DisplayName("F06 cancel before anything was asked for")
    void cancelWithoutDemandIsClean() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(good("hi")), hang()))) {
            Recorder<StreamEvent> recorder = bench.subscribe(bench.client().messages().stream(FaultBench.request()), 0);
            recorder.cancel();
            recorder.cancel();
            recorder.request(1);
            bench.server().awaitSettled(SOON);
            assertThat(recorder.n()).isZero();
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    @DisplayName("F10 cancel races with the end: one outcome or none, nothing dropped, the client goes on")
    void cancelRacesWithTheEnd() {
        try (FaultBench bench = FaultBench.serving(
                reply(h200(), chunk(ms() + bs(0) + d(0, "hi") + be(0)), chunk(md() + st()), end()))) {
            for (int i = 0; i < 1000; i++) {
                Recorder<StreamEvent> recorder =
                        bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
                int seen = i % 7;
                Await.until(SOON, () -> recorder.n() >= seen || recorder.hasEnded());
                recorder.cancel();
                assertThat(recorder.terminals()).isLessThanOrEqualTo(1);
            }
            Outcome<StreamEvent> after = bench.stream();
            assertThat(after.isComplete()).as(after.describe()).isTrue();
        }
    }

    /** Without the bench: reading along with every log line would be measured with it. */
    private static void closeTimes(Script script, Consumer<Recorder<StreamEvent>> until) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(script);
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl(server.baseUrl())
                        .build()) {
            assertQuick(RUNS, times -> {
                times.bare(closeOfABareSocket(server));
                Recorder<StreamEvent> recorder =
                        Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
                until.accept(recorder);
                times.ours(cancelAndMeasure(server, recorder));
            });
        }
    }

    private static long cancelAndMeasure(ScriptedServer server, Recorder<StreamEvent> recorder)
            throws InterruptedException {
        int connection = server.conns() - 1;
        long cancelled = System.nanoTime();
        recorder.cancel();
        long closed = server.connection(connection).awaitPeerClose(SOON);
        assertThat(recorder.terminals()).isZero();
        return closed - cancelled;
    }

    /**
     * What the machine needs at this moment to show the server that a socket was closed: the same, without a client.
     */
    private static long closeOfABareSocket(ScriptedServer server) throws InterruptedException {
        int before = server.reqs();
        long closing;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write("POST /v1/messages HTTP/1.1\r\nhost: bare\r\ncontent-length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.US_ASCII));
            server.awaitReqs(before + 1, SOON);
            closing = System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server.connection(server.conns() - 1).awaitPeerClose(SOON) - closing;
    }

    /** One cancel, and one close of a bare socket. */
    @FunctionalInterface
    private interface Run {
        void measure(CloseTimes times) throws InterruptedException;
    }

    /** A client that is slow to cancel is so in every round; a machine that has other work is not. */
    private static void assertQuick(int runs, Run run) throws InterruptedException {
        List<CloseTimes> slow = new ArrayList<>();
        while (slow.size() < ROUNDS) {
            CloseTimes warmUp = new CloseTimes();
            for (int i = 0; i < WARM_UP; i++) {
                run.measure(warmUp);
            }
            CloseTimes times = new CloseTimes();
            for (int i = 0; i < runs; i++) {
                run.measure(times);
            }
            if (times.areQuick()) {
                return;
            }
            slow.add(times);
        }
        fail("slow in each of %d rounds: %s", ROUNDS, slow);
    }

    /**
     * Times from a cancel to the server's seeing it, and from the close of a bare socket in turn with it: on a machine
     * with other work both wait for a processor, and only what is above the bare one is the client's.
     */
    private static final class CloseTimes {
        private final List<Long> ours = new ArrayList<>();
        private final List<Long> bare = new ArrayList<>();

        void ours(long nanos) {
            ours.add(nanos);
        }

        void bare(long nanos) {
            bare.add(nanos);
        }

        boolean areQuick() {
            return p99().compareTo(worst(bare).plusMillis(100)) <= 0
                    && worst(ours).compareTo(worst(bare).plusMillis(500)) <= 0;
        }

        private Duration p99() {
            int rank = (int) Math.ceil(0.99 * ours.size());
            return Duration.ofNanos(ours.stream().sorted().toList().get(rank - 1));
        }

        private static Duration worst(List<Long> nanos) {
            return Duration.ofNanos(Collections.max(nanos));
        }

        @Override
        public String toString() {
            return "p99 " + p99() + ", max " + worst(ours) + ", with a bare socket at " + worst(bare);
        }
    }
}
