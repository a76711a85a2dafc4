package io.claudeflux.http;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.SelfSigned;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;

/** What a user may do to Reactor Netty, and what stays as it is all the same. */
@Timeout(60)
class TransportHookTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @Test
    void eventLoopsThatWereHandedInAreUsedAndLeftAlone() {
        LoopResources loops = LoopResources.create("handed-in", 1, true);
        try (ScriptedServer server = ScriptedServer.start(GOOD)) {
            Set<String> threads = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 2; i++) {
                ClaudeClient client = client(server.baseUrl(), b -> b.eventLoops(loops));
                Outcome<?> outcome = Outcome.of(client.messages().stream(request())
                        .doOnNext(event -> threads.add(Thread.currentThread().getName())));
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
                assertThat(Outcome.of(client.closeGracefully(Duration.ofSeconds(1)))
                                .isComplete())
                        .isTrue();
                assertThat(loops.isDisposed()).isFalse();
            }
            assertThat(threads).allMatch(name -> name.startsWith("handed-in"));
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(5));
        }
    }

    @Test
    void aTrustStoreOfOnesOwnIsUsed(@TempDir Path folder) throws SSLException {
        SslContext trusting = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        try (ScriptedServer server = ScriptedServer.start(SelfSigned.sockets(folder), GOOD);
                ClaudeClient client = client(
                        "https://127.0.0.1:" + server.port(),
                        b -> b.httpClient(http -> http.secure(tls -> tls.sslContext(trusting))));
                ClaudeClient stranger = client("https://127.0.0.1:" + server.port(), b -> b)) {
            assertThat(create(client).isComplete()).isTrue();
            assertThat(create(stranger).error(TransportException.class).kind()).isEqualTo(TransportException.Kind.TLS);
        }
    }

    @Test
    void aProxyIsLeftToFindTheServer() {
        Step connected = raw("HTTP/1.1 200 Connected\r\n\r\n");
        try (ScriptedServer proxy = ScriptedServer.start(reply(connected), GOOD);
                ClaudeClient client = client(
                        "http://api.invalid",
                        b -> b.allowPlaintext(true)
                                .httpClient(http -> http.proxy(spec -> spec.type(ProxyProvider.Proxy.HTTP)
                                        .host("127.0.0.1")
                                        .port(proxy.port()))))) {
            Outcome<Message> outcome = create(client);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(proxy.request(0).method()).isEqualTo("CONNECT");
            assertThat(proxy.request(0).target()).isEqualTo("api.invalid:80");
            assertThat(proxy.request(0).headerNames()).doesNotContain("x-api-key");
            assertThat(proxy.request(1).target()).isEqualTo("/v1/messages");
        }
    }

    @Test
    void nothingIsNoClient() {
        expectRefusal(http -> null);
    }

    @Test
    void aClientWithAnotherPoolIsRefused() {
        expectRefusal(http -> HttpClient.create());
        expectRefusal(http -> HttpClient.newConnection());
    }

    private static void expectRefusal(UnaryOperator<HttpClient> customizer) {
        assertThatThrownBy(() -> client("http://127.0.0.1:1", b -> b.httpClient(customizer)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        error -> assertThat(error.setting()).isEqualTo("httpClient"));
    }

    @Test
    void redirectsAreNotFollowedWhateverTheCustomizerSays() {
        try (ScriptedServer other = ScriptedServer.start(GOOD);
                ScriptedServer server = ScriptedServer.start(
                        reply(head(307, "location: " + other.baseUrl() + "/v1/messages", "content-length: 0")));
                ClaudeClient client = client(server.baseUrl(), b -> b.httpClient(http -> http.followRedirect(true)))) {
            create(client).error(ClaudeException.class);
            assertThat(other.conns()).isZero();
        }
    }

    @Test
    void nothingIsSentTwiceWhateverTheCustomizerSays() {
        try (ScriptedServer server = ScriptedServer.start(reply(fin()));
                ClaudeClient client = client(server.baseUrl(), b -> b.httpClient(http -> http.disableRetry(false)))) {
            create(client).error(TransportException.class);
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void requestsLookTheSameWhateverTheCustomizerSays() {
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient client = client(
                        server.baseUrl(),
                        b -> b.httpClient(http -> http.compress(true)
                                .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                                .baseUrl("http://127.0.0.1:1")))) {
            Outcome<Message> outcome = create(client);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(server.request(0).headerValues("accept-encoding")).isEqualTo(List.of("identity"));
            assertThat(server.request(0).headerNames()).doesNotContain("upgrade", "http2-settings");
        }
    }

    @Test
    void silenceIsJudgedByOurClocksWhateverTheCustomizerSays() {
        Script slow = reply(
                h200(),
                chunk(ms() + bs(0) + d(0, "hi")),
                pause(Duration.ofMillis(300)),
                chunk(be(0) + md() + st()),
                end());
        try (ScriptedServer server = ScriptedServer.start(slow);
                ClaudeClient client = client(
                        server.baseUrl(), b -> b.httpClient(http -> http.responseTimeout(Duration.ofMillis(50))))) {
            Outcome<Message> outcome = create(client);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        }
    }

    private static Outcome<Message> create(ClaudeClient client) {
        return Outcome.of(client.messages().create(request()));
    }

    private static ClaudeClient client(String baseUrl, UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder()
                        .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                        .baseUrl(baseUrl)
                        .retry(RetryPolicy.none()))
                .build();
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
