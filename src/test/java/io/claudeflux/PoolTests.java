package io.claudeflux;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.NamesProbe;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.ServerConnection;
import io.claudeflux.internal.http.PoolSettings;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections there are, how long they are kept, and where they lead. */
@Timeout(60)
class PoolTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT_LIFE = Duration.ofMillis(200);
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @Test
    void asManyStreamsAsPermitsAreOpenAtOnceHoweverLongEachWaitsForAConnection() {
        Gate go = new Gate();
        Script held = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), await(go), chunk(rest()), end());
        try (ScriptedServer server = ScriptedServer.start(held);
                ClaudeClient client = client(server.baseUrl(), b -> b.maxConcurrentRequests(40))) {
            List<Recorder<StreamEvent>> open = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                Timeouts timeouts = Timeouts.defaults().withConnect(Duration.ofMillis(5_000 + i % 4 * 500));
                Messages messages = client.messages().with(CallOptions.none().withTimeouts(timeouts));
                open.add(Recorder.subscribe(messages.stream(request()), Long.MAX_VALUE));
            }
            server.awaitReqs(40, SOON);
            open.subList(0, 40).forEach(stream -> stream.awaitValues(3, SOON));
            go.open();
            for (Recorder<StreamEvent> stream : open) {
                Outcome<StreamEvent> outcome = stream.outcome(SOON);
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            }
            assertThat(server.reqs()).isEqualTo(120);
            assertThat(server.conns()).isEqualTo(40);
        }
    }

    @Test
    void anOldConnectionIsNotHandedOutAgain() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient client = client(server.baseUrl(), PoolTests::shortLived)) {
            call(client);
            Await.elapse(SHORT_LIFE.multipliedBy(3).dividedBy(2));
            call(client);
            assertThat(server.conns()).isEqualTo(2);
            server.connection(0).awaitPeerClose(SOON);
        }
    }

    @Test
    void aConnectionInUseIsNotCutWhenItIsOld() throws InterruptedException {
        Gate go = new Gate();
        try (ScriptedServer server = ScriptedServer.start(
                        reply(h200(), chunk(ms()), await(go), chunk(good("hi").substring(ms().length())), end()),
                        GOOD);
                ClaudeClient client = client(server.baseUrl(), PoolTests::shortLived)) {
            Recorder<Message> call = Recorder.subscribe(client.messages().create(request()), 1);
            Await.elapse(SHORT_LIFE.multipliedBy(2));
            assertThat(server.connection(0).isPeerClosed()).isFalse();
            go.open();
            Outcome<Message> outcome = call.outcome(SOON);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            server.connection(0).awaitPeerClose(SOON);
        }
    }

    @Test
    void anIdleConnectionIsClosedWithoutACall() throws InterruptedException {
        Duration idle = Duration.ofMillis(100);
        try (ScriptedServer server = ScriptedServer.start(GOOD);
                ClaudeClient client =
                        client(server.baseUrl(), b -> b.pool(p -> new PoolSettings(p.maxConnections(), idle, LONG)))) {
            call(client);
            server.connection(0).awaitPeerClose(SOON);
        }
    }

    @Test
    void aChangedAddressIsFollowedWithinTheLongestLife() {
        try (ScriptedServer before = ScriptedServer.start(GOOD);
                ScriptedServer after = ScriptedServer.start(GOOD)) {
            NamesProbe names =
                    NamesProbe.answering(new InetSocketAddress(InetAddress.getLoopbackAddress(), before.port()));
            try (ClaudeClient client = client(
                    "http://api.example",
                    b -> shortLived(b).httpClient(http -> http.resolver(names)).allowPlaintext(true))) {
                call(client);
                names.answer(new InetSocketAddress(InetAddress.getLoopbackAddress(), after.port()));
                call(client);
                Await.untilOrFail("a call to the new address", SHORT_LIFE.multipliedBy(20), () -> {
                    call(client);
                    return after.reqs() > 0;
                });
                int left = before.reqs();
                Await.untilOrFail(
                        "the old address is left",
                        SOON,
                        () -> before.connections().stream().allMatch(ServerConnection::isPeerClosed));
                call(client);
                assertThat(before.reqs()).isEqualTo(left);
            }
        }
    }

    @Test
    void aNameThatIsNeverAnsweredEndsWithTheConnectClock() {
        Duration connect = Duration.ofMillis(300);
        try (HookProbe hooks = HookProbe.install();
                ClaudeClient client = client(
                        "http://api.example",
                        b -> b.httpClient(http -> http.resolver(NamesProbe.silent()))
                                .allowPlaintext(true)
                                .maxConcurrentRequests(1)
                                .timeouts(Timeouts.defaults().withConnect(connect)))) {
            for (int i = 0; i < 3; i++) {
                Outcome<Message> outcome = Outcome.of(client.messages().create(request()));
                ClockException error = outcome.error(ClockException.class);
                assertThat(error.clock()).isEqualTo(ClockException.Clock.CONNECT);
                assertThat(error.limit()).isEqualTo(connect);
                assertThat(error.isAmbiguous()).isFalse();
                assertThat(outcome.elapsed()).isBetween(connect, connect.plus(Duration.ofSeconds(1)));
            }
            hooks.assertNothingDropped();
        }
    }

    private static String rest() {
        return good("x").substring((ms() + bs(0) + d(0, "x")).length());
    }

    private static ClaudeClient.Builder shortLived(DefaultClaudeClientBuilder builder) {
        return builder.pool(p -> new PoolSettings(p.maxConnections(), LONG, SHORT_LIFE));
    }

    private static void call(ClaudeClient client) {
        Outcome<Message> outcome = Outcome.of(client.messages().create(request()));
        assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
    }

    private static ClaudeClient client(
            String baseUrl, Function<DefaultClaudeClientBuilder, ClaudeClient.Builder> settings) {
        DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder();
        builder.apiKey("sk-ant-TESTKEY-0123456789abcdef").baseUrl(baseUrl).retry(RetryPolicy.none());
        return settings.apply(builder).build();
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
