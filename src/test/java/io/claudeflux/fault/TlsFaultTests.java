package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.attempts;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.Expect.transport;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.onConnect;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.TransportException.Kind;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Certificates;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.stream.StreamEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

/** S18: servers that cannot prove who they are, and handshakes that come to nothing. No byte of HTTP goes to any. */
class TlsFaultTests {
    private static final Script ANSWER = reply(h200(), chunk(good("hi")), end());
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    static Path folder;

    private static Certificates certificates;

    /** Reactor Netty warns of each. */
    private static LogCapture logs;

    @BeforeAll
    static void begin() {
        certificates = Certificates.in(folder);
        logs = LogCapture.start(Canary.KEY, Canary.PROMPT);
    }

    @AfterAll
    static void nothingWasTold() {
        try (LogCapture read = logs) {
            read.assertClean();
        }
    }

    @TestFactory
    Stream<DynamicTest> untrustedServers() {
        return Stream.of(
                refused("S18 a self-signed certificate: nobody", certificates.selfSigned(), machine()),
                refused(
                        "S18 a certificate of an authority that this machine does not trust: nobody",
                        certificates.good(),
                        machine()),
                refused(
                        "S18 a self-signed certificate, another authority trusted: nobody",
                        certificates.selfSigned(),
                        trusting()),
                refused("S18 a certificate that has run out: has expired", certificates.expired(), trusting()),
                refused(
                        "S18 a certificate that is not valid yet: is not valid yet",
                        certificates.notYetValid(),
                        trusting()),
                refused(
                        "S18 a certificate of another host: not for this host",
                        certificates.ofAnotherName(),
                        trusting()),
                refused(
                        "S18 a certificate of another address: not for this host",
                        certificates.ofAnotherAddress(),
                        trusting()),
                refused(
                        "S18 a certificate that names the host in its subject only: not for this host",
                        certificates.ofASubjectOnly(),
                        trusting()),
                refused(
                        "S18 a certificate of another host, for a client that was told not to look at it: not for this host",
                        certificates.ofAnotherName(),
                        carelessAboutTheHost()));
    }

    @Test
    @DisplayName("S18 a certificate of one's own authority in a trustStore of the client: an answer")
    void ownAuthorityInATrustStoreIsTrusted() {
        try (ScriptedServer server = ScriptedServer.start(certificates.good(), ANSWER);
                ClaudeClient client =
                        client("https://127.0.0.1:" + server.port(), b -> b.trustStore(certificates.trustStore()))) {
            done("hi").accept(stream(client));
        }
        assertThatThrownBy(() -> client("https://127.0.0.1:1", b -> b.trustStore(Certificates.emptyStore())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("trustStore is empty");
    }

    @Test
    @DisplayName("S18 a server that wants to know who we are, and is shown a certificate: an answer")
    void clientCertificateIsShownToAServerThatAsks() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        UnaryOperator<ClaudeClient.Builder> showing =
                b -> b.trustStore(certificates.trustStore()).clientCertificate(keys);
        assertThatThrownBy(() -> client("https://127.0.0.1:1", showing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("clientCertificate cannot be used; was it initialized?");
        keys.init(certificates.clientKeys(), Certificates.PASSWORD.toCharArray());
        try (ScriptedServer server = ScriptedServer.start(certificates.askingForTheClient(), ANSWER);
                ClaudeClient client = client("https://127.0.0.1:" + server.port(), showing)) {
            done("hi").accept(stream(client));
        }
    }

    @Test
    @DisplayName("S18 a certificate of one's own authority, which the transport was told to trust: an answer")
    void ownAuthorityIsTrustedOnceTold() {
        try (ScriptedServer server = ScriptedServer.start(certificates.good(), ANSWER);
                ClaudeClient client = client("https://127.0.0.1:" + server.port(), trusting())) {
            done("hi").accept(stream(client));
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> brokenHandshakes() {
        String hello = "160301002a020000260301" + "5a".repeat(32) + "00002f00";
        return Stream.of(
                handshake("S18 a server of TLS 1.0 only", 1, raw(HEX.parseHex(hello)), hang()),
                handshake("S18 a server that knows no version in common", 1, raw(alert(70)), fin()),
                handshake("S18 a server that knows no cipher in common", 1, raw(alert(40)), fin()),
                handshake("S18 a server that wants to know who we are", 1, raw(alert(116)), fin()),
                cut("S18 FIN in the handshake (retried)", 3, raw(start(hello)), fin()),
                cut("S18 FIN instead of a handshake (retried)", 3, fin()),
                cut("S18 RST in the handshake (retried)", 3, raw(start(hello)), rst()),
                cut("S18 RST instead of a handshake (retried)", 3, rst()));
    }

    @Test
    @DisplayName("S18 a handshake that stops half-way: the connect clock")
    void handshakeThatStopsHalfWayIsEndedByTheConnectClock() {
        Timeouts timeouts = Timeouts.defaults().withConnect(Duration.ofMillis(400));
        try (ScriptedServer server = ScriptedServer.start(onConnect(raw(new byte[] {0x16, 3, 3, 0, 100, 2}), hang()));
                ClaudeClient client = client("https://127.0.0.1:" + server.port(), b -> b.timeouts(timeouts))) {
            ClockException error = stream(client).error(ClockException.class);
            assertThat(error.clock()).isEqualTo(ClockException.Clock.CONNECT);
            assertThat(error.attempts()).isEqualTo(3);
            assertThat(server.reqs()).isZero();
        }
    }

    /** The row of a server whose certificate is no good: one attempt, and nothing said to it. */
    private static DynamicTest refused(
            String name, SSLServerSocketFactory sockets, UnaryOperator<ClaudeClient.Builder> settings) {
        return DynamicTest.dynamicTest(name, () -> {
            try (TlsPeer peer = TlsPeer.start(sockets);
                    ClaudeClient client = client(peer.baseUrl(), settings)) {
                Outcome<StreamEvent> outcome = stream(client);
                transport(0, Kind.TLS).andThen(attempts(1)).accept(outcome);
                TransportException error = outcome.error(TransportException.class);
                assertThat(error.origin()).isEqualTo(Origin.CONNECT);
                assertThat(error.isRetryable()).isFalse();
                assertThat(error.isAmbiguous()).isFalse();
                assertThat(error.getMessage())
                        .contains("127.0.0.1", "certificate", name.substring(name.lastIndexOf(": ") + 2))
                        .doesNotContain("\n", "Such");
                assertThat(peer.decryptedBytes()).isZero();
                assertThat(peer.accepted()).isEqualTo(1);
            }
        });
    }

    private static DynamicTest handshake(String name, int attempts, Step... steps) {
        return DynamicTest.dynamicTest(name, () -> expect(transport(0, Kind.TLS).andThen(attempts(attempts)), steps));
    }

    /** A connection that ends before the handshake does: whose fault that is, the last bytes decide. */
    private static DynamicTest cut(String name, int attempts, Step... steps) {
        Consumer<Outcome<StreamEvent>> expected = transport(0, Kind.TLS, Kind.CONNECT);
        return DynamicTest.dynamicTest(name, () -> expect(expected.andThen(attempts(attempts)), steps));
    }

    private static void expect(Consumer<Outcome<StreamEvent>> expected, Step... steps) {
        try (ScriptedServer server = ScriptedServer.start(onConnect(steps));
                ClaudeClient client = client("https://127.0.0.1:" + server.port(), machine())) {
            Outcome<StreamEvent> outcome = stream(client);
            expected.accept(outcome);
            TransportException error = outcome.error(TransportException.class);
            assertThat(error.origin()).isEqualTo(Origin.CONNECT);
            assertThat(error.isAmbiguous()).isFalse();
            assertThat(server.conns()).isEqualTo(error.attempts());
            assertThat(server.reqs()).isZero();
        }
    }

    private static byte[] alert(int description) {
        return new byte[] {0x15, 3, 3, 0, 2, 2, (byte) description};
    }

    private static byte[] start(String hex) {
        byte[] all = HEX.parseHex(hex);
        return Arrays.copyOf(all, all.length / 2);
    }

    /** What the machine trusts, which is none of these. */
    private static UnaryOperator<ClaudeClient.Builder> machine() {
        return UnaryOperator.identity();
    }

    /** A trust store and nothing else: who the server is must still be looked at. */
    private static UnaryOperator<ClaudeClient.Builder> trusting() {
        SslContext trust = contextTrusting(certificates.authority());
        UnaryOperator<HttpClient> secured = http -> http.secure(tls -> tls.sslContext(trust));
        return builder -> builder.httpClient(secured);
    }

    /** As far as a customizer can get, and not far enough. */
    private static UnaryOperator<ClaudeClient.Builder> carelessAboutTheHost() {
        SslContext trust = contextTrusting(certificates.authority());
        return builder -> builder.httpClient(http ->
                http.secure(tls -> tls.sslContext(trust).handlerConfigurator(handler -> {
                    SSLParameters parameters = handler.engine().getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("");
                    handler.engine().setSSLParameters(parameters);
                })));
    }

    private static SslContext contextTrusting(X509Certificate authority) {
        try {
            return SslContextBuilder.forClient().trustManager(authority).build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome<StreamEvent> stream(ClaudeClient client) {
        return Outcome.of(client.messages().stream(FaultBench.request()), Duration.ofSeconds(20));
    }

    private static ClaudeClient client(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder()
                        .apiKey(Canary.KEY)
                        .baseUrl(baseUrl)
                        .retry(FaultBench.RETRY))
                .build();
    }
}
