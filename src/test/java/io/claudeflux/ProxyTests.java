package io.claudeflux;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.config.Proxy;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Certificates;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.TunnelProxy;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** Connections through a proxy: only when asked for, and without letting it in on anything. */
@Timeout(60)
class ProxyTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";
    private static final String PROMPT = "Walrus-Tusks-Polish";
    private static final String PASSWORD = "proxy-pass-8642";
    private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    private static ServerSocketFactory tls;
    private static KeyStore trust;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) {
        Certificates certificates = Certificates.in(folder);
        tls = certificates.good();
        trust = certificates.trustStore();
    }

    @Test
    void anHttpProxyTunnelsAndSeesNeitherKeyNorPrompt() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), OPEN)) {
            done(https(server), b -> b.proxy(Proxy.http("127.0.0.1", proxy.port())));

            assertThat(proxy.asked()).hasSize(1);
            assertThat(proxy.asked().get(0))
                    .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n")
                    .doesNotContainIgnoringCase("x-api-key")
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContain("TESTKEY");
            assertThat(proxy.passed()).isNotEmpty().doesNotContain(KEY).doesNotContain(PROMPT);
            assertThat(server.request(0).headerValues("x-api-key")).containsExactly(KEY);
            assertThat(server.request(0).headerNames()).doesNotContain("proxy-authorization");
        }
    }

    @Test
    void userAndPasswordAreForTheProxyAlone() {
        String basic = Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.httpFor("Basic " + basic, server.port())) {
            Proxy known = Proxy.http("127.0.0.1", proxy.port()).withCredentials("me", PASSWORD);
            done(https(server), b -> b.proxy(known));

            assertThat(proxy.asked()).hasSize(1);
            assertThat(server.request(0).headerNames()).doesNotContain("proxy-authorization");
            assertThat(known.toString()).doesNotContain(PASSWORD).doesNotContain("me");
        }
    }

    @Test
    void aRefusedPasswordIsNotTriedAgainAndNotShown() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.httpFor("Basic other", server.port());
                LogCapture logs = LogCapture.start(PASSWORD)) {
            TransportException failure = failed(
                    https(server),
                    b -> b.proxy(Proxy.http("127.0.0.1", proxy.port()).withCredentials("me", PASSWORD)));

            assertThat(failure.getMessage())
                    .contains("the proxy 127.0.0.1:" + proxy.port() + " wants another user or password (407)");
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(server.conns()).isZero();
            assertThat(logs.betrays(failure.report())).isFalse();
            logs.assertClean();
        }
    }

    @ParameterizedTest(name = "{0}: {1} attempts")
    @CsvSource({"401, 1", "403, 1", "404, 1", "408, 3", "429, 3", "500, 3", "502, 3", "503, 3", "529, 3"})
    void whatTheProxyAnswersIsNoErrorOfTheApi(int status, int attempts) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}";
        String answer =
                "HTTP/1.1 " + status + " Evil\u001b[2J reason\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body;
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), answer)) {
            TransportException failure = failed(https(server), b -> b.proxy(Proxy.http("127.0.0.1", proxy.port())));

            assertThat(failure.kind()).isEqualTo(TransportException.Kind.PROXY);
            assertThat(failure.origin()).isEqualTo(Origin.CONNECT);
            assertThat(failure.getMessage()).contains("(" + status + ")").doesNotContain("Evil");
            assertThat(failure.getCause()).isNull();
            assertThat(failure.attempts()).isEqualTo(attempts);
            assertThat(server.conns()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 2\u00ff0 \r\n\r\n", "\u0000\u0001\u0002\u0003\r\n\r\n"})
    void aProxyThatSpeaksSomethingElseIsATypedError(String answer) {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), answer)) {
            TransportException failure = failed(
                    https(server),
                    b -> b.proxy(Proxy.http("127.0.0.1", proxy.port()))
                            .timeouts(Timeouts.defaults().withConnect(Duration.ofSeconds(1))));
            assertThat(failure.kind()).isEqualTo(TransportException.Kind.PROXY);
            assertThat(failure.getMessage()).contains("is it a proxy of this type?");
            assertThat(server.conns()).isZero();
        }
    }

    @Test
    void theNameOfTheProxyIsFoundAndOneThatIsNotThereIsNamed() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), OPEN)) {
            done(https(server), b -> b.proxy(Proxy.http("localhost", proxy.port())));
            TransportException failure = failed(https(server), b -> b.proxy(Proxy.http("proxy.invalid", 3128)));
            assertThat(failure.getMessage()).contains("the name of the proxy proxy.invalid:3128 cannot be resolved");
        }
    }

    @Test
    void aProxyThatSaysNothingIsUnderTheConnectClock() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), "")) {
            Outcome<Message> outcome = create(
                    https(server),
                    b -> b.retry(RetryPolicy.none())
                            .proxy(Proxy.http("127.0.0.1", proxy.port()))
                            .timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(300))));
            assertThat(outcome.error(ClockException.class).clock()).isEqualTo(ClockException.Clock.CONNECT);
        }
    }

    @ParameterizedTest
    @CsvSource({"https, cancel", "https, close", "http, cancel", "http, close"})
    void aCancelWhileAProxySaysNothingClosesTheConnectionAtOnce(String scheme, String end) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ClaudeClient client = client(
                        scheme + "://127.0.0.1:1",
                        b -> b.proxy(Proxy.http("127.0.0.1", proxy.getLocalPort()))
                                .allowPlaintext(true))) {
            Recorder<Message> call = Recorder.subscribe(client.messages().create(request()), Long.MAX_VALUE);
            try (Socket connection = proxy.accept()) {
                assertThat(connection.getInputStream().read()).isEqualTo('C');
                Runnable way = end.equals("cancel") ? call::cancel : client::close;
                way.run();
                connection.setSoTimeout(1_000);
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() {
        TunnelProxy gone = TunnelProxy.http(1, OPEN);
        gone.close();
        TransportException failure = failed("https://api.invalid", b -> b.proxy(Proxy.http("127.0.0.1", gone.port())));

        assertThat(failure.kind()).isEqualTo(TransportException.Kind.PROXY);
        assertThat(failure.getMessage()).contains("no connection to the proxy 127.0.0.1:" + gone.port());
    }

    @Test
    void aSocksProxyTunnelsWithAndWithoutLogin() {
        for (String login : new String[] {"", "me:" + PASSWORD}) {
            try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                    TunnelProxy proxy = TunnelProxy.socks5(server.port(), login, 0)) {
                Proxy plain = Proxy.socks5("127.0.0.1", proxy.port());
                done(https(server), b -> b.proxy(login.isEmpty() ? plain : plain.withCredentials("me", PASSWORD)));

                assertThat(proxy.asked()).endsWith("CONNECT 127.0.0.1:" + server.port());
                assertThat(proxy.passed()).isNotEmpty().doesNotContain(KEY).doesNotContain(PROMPT);
            }
        }
    }

    @Test
    void aSocksProxyThatRefusesIsATypedError() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy wrong = TunnelProxy.socks5(server.port(), "me:other", 0);
                TunnelProxy unreachable = TunnelProxy.socks5(server.port(), "", 4)) {
            TransportException login = failed(
                    https(server),
                    b -> b.proxy(Proxy.socks5("127.0.0.1", wrong.port()).withCredentials("me", PASSWORD)));
            assertThat(login.getMessage())
                    .contains("wants another user or password")
                    .doesNotContain(PASSWORD);
            assertThat(login.attempts()).isEqualTo(1);

            TransportException host =
                    failed(https(server), b -> b.proxy(Proxy.socks5("127.0.0.1", unreachable.port())));
            assertThat(host.kind()).isEqualTo(TransportException.Kind.PROXY);
            assertThat(server.conns()).isZero();
        }
    }

    @Test
    void theNameOfTheServerIsComparedThroughTheProxyToo() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), OPEN)) {
            TransportException failure =
                    failed("https://api.invalid", b -> b.proxy(Proxy.http("127.0.0.1", proxy.port())));

            assertThat(failure.kind()).isEqualTo(TransportException.Kind.TLS);
            assertThat(failure.getMessage()).contains("its certificate is not for this host");
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    void aProxyThatWouldReadTheKeyIsRefused() {
        assertThatThrownBy(() -> client("http://127.0.0.1:1", b -> b.proxy(Proxy.http("127.0.0.1", 1))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refusal -> assertThat(refusal.setting()).isEqualTo("proxy"))
                .hasMessageContaining("clear text");
        assertThatThrownBy(() -> client("HTTP://127.0.0.1:1", b -> b.proxy(Proxy.http("127.0.0.1", 1))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("clear text");
        client("http://127.0.0.1:1", b -> b.proxy(Proxy.http("127.0.0.1", 1)).allowPlaintext(true))
                .close();
    }

    @Test
    void aProxyOfTheCustomizerThatWouldReadTheKeyIsRefusedWhenItIsConnectedTo() {
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), OPEN)) {
            UnaryOperator<HttpClient> proxied = http -> http.proxyWhen((config, spec) -> Mono.just(
                    spec.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(proxy.port())));
            ConfigurationException refusal = create("http://127.0.0.1:" + server.port(), b -> b.httpClient(proxied))
                    .error(ConfigurationException.class);
            assertThat(refusal.setting()).isEqualTo("proxy");
            assertThat(refusal).hasMessageContaining("clear text");
            assertThat(proxy.passed()).isEmpty();
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    @DisplayName("S24 proxies of the environment and of system properties are ignored unless asked for")
    void nothingGoesThroughAProxyUnasked() {
        try (ScriptedServer server = ScriptedServer.start(tls, GOOD);
                TunnelProxy proxy = TunnelProxy.http(server.port(), OPEN)) {
            String url = "http://127.0.0.1:" + proxy.port();
            for (String name : new String[] {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"}) {
                variables.put(name, url);
            }
            for (String scheme : new String[] {"http", "https"}) {
                System.setProperty(scheme + ".proxyHost", "127.0.0.1");
                System.setProperty(scheme + ".proxyPort", Integer.toString(proxy.port()));
                System.setProperty("http.nonProxyHosts", "");
            }
            try {
                done(https(server), b -> b);
                assertThat(proxy.conns()).isZero();
                done(https(server), ClaudeClient.Builder::proxyFromEnvironment);
                assertThat(proxy.conns()).isEqualTo(1);
            } finally {
                for (String name : new String[] {
                    "http.proxyHost", "http.proxyPort", "https.proxyHost", "https.proxyPort", "http.nonProxyHosts"
                }) {
                    System.clearProperty(name);
                }
            }
        }
    }

    private static String https(ScriptedServer server) {
        return "https://127.0.0.1:" + server.port();
    }

    private void done(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        Outcome<Message> outcome = create(baseUrl, settings);
        assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
    }

    private TransportException failed(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        return create(baseUrl, settings).error(TransportException.class);
    }

    private Outcome<Message> create(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        try (ClaudeClient client = client(baseUrl, settings)) {
            return Outcome.of(client.messages().create(request()));
        }
    }

    private static MessageRequest request() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(16)
                .user(PROMPT)
                .build();
    }

    private ClaudeClient client(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        ClaudeClient.Builder builder = new DefaultClaudeClientBuilder()
                .environment(variables::get)
                .apiKey(KEY)
                .baseUrl(baseUrl)
                .trustStore(trust)
                .retry(RetryPolicy.defaults().withTransientBackoff(Duration.ofMillis(10), Duration.ofMillis(40)));
        return settings.apply(builder).build();
    }
}
