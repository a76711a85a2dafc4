package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.attempts;
import static io.claudeflux.fault.Expect.broken;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.failed;
import static io.claudeflux.fault.Expect.transport;
import static io.claudeflux.fault.FaultRow.retried;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.onConnect;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Script.replyEarly;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.TransportException.Kind;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups C and D below HTTP: heads that are none, connections that fail, bodies without an end. */
@Timeout(120)
class HttpWireFaultTests {
    @TestFactory
    Stream<DynamicTest> malformedHttp() {
        return Stream.of(
                row("C24 not a status line", reply(raw("HELLO\r\n\r\n"), hang()), transport(0, Kind.MALFORMED_HTTP)),
                row(
                        "C24 a status that is no number",
                        reply(raw("HTTP/1.1 abc OK\r\n\r\n"), hang()),
                        transport(0, Kind.MALFORMED_HTTP)),
                row(
                        "C25 an SSH banner",
                        reply(raw("SSH-2.0-OpenSSH_9.6\r\n"), hang()),
                        transport(0, Kind.MALFORMED_HTTP)),
                row(
                        "C25 binary noise",
                        reply(
                                raw(new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46, 0x0d, 0x0a, 0x0d, 0x0a}),
                                hang()),
                        transport(0, Kind.MALFORMED_HTTP)),
                retried(
                        "C26 a chunk size that is no number",
                        reply(h200(), raw("zz\r\nabc\r\n"), hang()),
                        transport(0, Kind.MALFORMED_HTTP)),
                retried(
                        "C26 a chunk size beyond all bounds",
                        reply(h200(), raw("ffffffffffffffffff\r\nabc\r\n"), hang()),
                        transport(0, Kind.MALFORMED_HTTP)),
                row(
                        "C26 a chunk size that is no number, after three events",
                        reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), raw("zz\r\nabc\r\n"), hang()),
                        transport(3, Kind.MALFORMED_HTTP)),
                row(
                        "C26 HTTP/1.0 with a stream until the end of the connection",
                        reply(raw("HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + good("hi")), fin()),
                        done("hi")));
    }

    @TestFactory
    Stream<DynamicTest> heads() {
        String big = "x".repeat(4000);
        return Stream.of(
                row(
                        "C23 20 KB of response headers",
                        reply(
                                head(
                                        200,
                                        "content-type: text/event-stream",
                                        "transfer-encoding: chunked",
                                        "a: " + big,
                                        "b: " + big,
                                        "c: " + big,
                                        "d: " + big,
                                        "e: " + big),
                                chunk(good("hi")),
                                end()),
                        done("hi")),
                row(
                        "C23 one response header of 24 KB",
                        reply(
                                head(
                                        200,
                                        "content-type: text/event-stream",
                                        "transfer-encoding: chunked",
                                        "a: " + big.repeat(6)),
                                chunk(good("hi")),
                                end()),
                        done("hi")),
                row(
                        "C23 40 KB of response headers",
                        reply(
                                head(
                                        200,
                                        "content-type: text/event-stream",
                                        "transfer-encoding: chunked",
                                        "a: " + big.repeat(5),
                                        "b: " + big.repeat(5)),
                                chunk(good("hi")),
                                end()),
                        broken(StreamException.Kind.LIMIT, 0)),
                row(
                        "C23 response headers without end",
                        reply(raw("HTTP/1.1 200 OK\r\n"), flood(Long.MAX_VALUE, "x-a: b\r\n")),
                        failed(ClaudeException.class, 0)));
    }

    @TestFactory
    Stream<DynamicTest> noResponse() {
        return Stream.of(
                retried("D13 full request read, FIN, no status", reply(fin()), ambiguous(Kind.NO_RESPONSE)),
                retried("D13 full request read, RST, no status", reply(rst()), ambiguous(Kind.NO_RESPONSE, Kind.RESET)),
                retried("D13 FIN within the status line", reply(raw("HTTP/1.1 2"), fin()), ambiguous(Kind.values())),
                retried(
                        "D13 FIN within the head",
                        reply(raw("HTTP/1.1 200 OK\r\ncontent-ty"), fin()),
                        ambiguous(Kind.values())));
    }

    @Test
    @DisplayName("D13 connection closed without reading a byte")
    void closeOnAcceptIsTyped() {
        try (FaultBench bench = FaultBench.serving(onConnect(fin()))) {
            transport(0, Kind.NO_RESPONSE, Kind.RESET).andThen(attempts(3)).accept(bench.stream());
            assertThat(bench.server().conns()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("D18 port closed: CONNECT, three attempts")
    void closedPortIsAConnectError() {
        assertConnectError("http://127.0.0.1:" + ScriptedServer.closedPort(), Kind.CONNECT, 3);
    }

    @Test
    @DisplayName("D20 a host that does not exist: DNS within 6 s, one attempt")
    void unknownHostIsADnsError() {
        assertConnectError("https://x.invalid", Kind.DNS, 1);
    }

    @Test
    @DisplayName("S18 plain HTTP behind an https address: TLS, no request sent")
    void plainServerBehindHttpsIsATlsError() {
        try (ScriptedServer server = ScriptedServer.start(onConnect(raw("HTTP/1.1 400 Bad Request\r\n\r\n"), fin()))) {
            assertConnectError("https://127.0.0.1:" + server.port(), Kind.TLS, 1);
            assertThat(server.reqs()).isZero();
        }
    }

    private static void assertConnectError(String baseUrl, Kind kind, int attempts) {
        try (ClaudeClient client = ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(baseUrl)
                .retry(FaultBench.RETRY)
                .build()) {
            Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(FaultBench.request()));
            transport(0, kind).andThen(attempts(attempts)).accept(outcome);
            TransportException error = outcome.error(TransportException.class);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(6));
            assertThat(error.isAmbiguous()).isFalse();
            assertThat(error.getMessage()).doesNotContain("TESTKEY");
        }
    }

    @ParameterizedTest(name = "C18 413 before a large body is sent, then {0}")
    @ValueSource(strings = {"nothing", "FIN", "RST"})
    void earlyAnswerToALargeUploadIsSeen(String then) {
        Step last = then.equals("FIN") ? fin() : then.equals("RST") ? rst() : hang();
        MessageRequest large =
                FaultBench.request().toBuilder().user("x".repeat(8 << 20)).build();
        try (FaultBench bench = FaultBench.serving(
                replyEarly(json(413, errorJson("request_too_large", "too large"), "connection: close"), last))) {
            Outcome<StreamEvent> outcome = bench.observe(bench.client().messages().stream(large));
            if (then.equals("RST") && outcome.error() instanceof TransportException error) {
                // The reset may outrun the answer: then nobody has it.
                assertThat(error.isAmbiguous()).isTrue();
                return;
            }
            assertThat(outcome.error(ApiException.class).status()).isEqualTo(413);
        }
    }

    @Test
    @DisplayName("D19 nobody accepts: the connect clock fires")
    void fullBacklogFiresTheConnectClock() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, ScriptedServer.loopback());
                Socket first = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
                Socket second = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl("http://127.0.0.1:" + deaf.getLocalPort())
                        .timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(300)))
                        .retry(RetryPolicy.none())
                        .build()) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(FaultBench.request()));
            ClockException error = outcome.error(ClockException.class);
            assertThat(error.clock()).isEqualTo(ClockException.Clock.CONNECT);
            assertThat(error.limit()).isEqualTo(Duration.ofMillis(300));
            assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1500));
        }
    }

    @Test
    @DisplayName("C07 400 with an endless chunked body: typed within a second, connection closed")
    void endlessErrorBodyIsCutOff() throws InterruptedException {
        String json = errorJson("invalid_request_error", "x");
        try (FaultBench bench = FaultBench.serving(reply(
                head(400, "content-type: application/json", "request-id: req_t", "transfer-encoding: chunked"),
                chunk(json),
                flood(Long.MAX_VALUE, " ".repeat(16_000))))) {
            Outcome<StreamEvent> outcome = bench.stream();
            ApiException error = outcome.error(InvalidRequestException.class);
            assertThat(error.requestId()).contains("req_t");
            assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(1));
            bench.server().connection(0).awaitPeerClose(Duration.ofSeconds(1));
            assertThat(bench.server().bytesWritten()).isLessThan(8 << 20);
        }
    }

    @Test
    @DisplayName("C07 529 whose body never ends nor grows: the head alone is enough in time")
    void stalledErrorBodyIsTypedAllTheSame() {
        try (FaultBench bench = FaultBench.servingOnce(reply(
                head(529, "content-type: application/json", "content-length: 4000"),
                raw(errorJson("overloaded_error", "busy")),
                hang()))) {
            failed(OverloadedException.class, 0).accept(bench.stream());
        }
    }

    @Test
    @DisplayName("G18 a compressed bomb: refused by its head, nothing of it read")
    void compressedBodyIsNotRead() throws InterruptedException {
        try (FaultBench bench = FaultBench.serving(reply(
                head(200, "content-type: text/event-stream", "content-encoding: gzip", "transfer-encoding: chunked"),
                flood(Long.MAX_VALUE, "\u001f".repeat(1000))))) {
            broken(StreamException.Kind.UNEXPECTED_ENCODING, 0).accept(bench.stream());
            bench.server().connection(0).awaitPeerClose(Duration.ofSeconds(1));
        }
    }

    private static Consumer<Outcome<StreamEvent>> ambiguous(Kind... kinds) {
        return transport(0, kinds).andThen(outcome -> {
            TransportException error = outcome.error(TransportException.class);
            assertThat(error.isAmbiguous()).as(error.toString()).isTrue();
            assertThat(error.isRetryable()).isTrue();
        });
    }
}
