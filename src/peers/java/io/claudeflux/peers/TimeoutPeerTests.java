package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.together;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.core.Timeout;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.peers.SideBySide.Bench;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

/** Silence in the middle of an answer, with the nearest setting that each client has. */
class TimeoutPeerTests {
    private static final Duration LIMIT = Duration.ofMillis(700);
    private static final String BEGUN = ms() + bs(0) + d(0, "Hi");
    /** Three limits long, a ping every 70 ms. */
    private static final Step PINGS =
            together(Collections.nCopies(30, together(pause(LIMIT.dividedBy(10)), chunk(ping())))
                    .toArray(Step[]::new));

    private static final Script PINGS_THEN_THE_REST =
            reply(h200(), chunk(BEGUN), PINGS, chunk(be(0) + md() + st()), end());

    @Test
    void silenceLongerThanTheLimit() {
        assertThat(each(
                        settings -> settings.withReadTimeout(LIMIT),
                        Bench::verdict,
                        reply(h200(), chunk(BEGUN), hang()),
                        reply(h200(), chunk(good("Hi")), end())))
                .isEqualTo(columns(
                        "'Hi' ClockException, requests: 1",
                        "'Hi' AnthropicIoException, requests: 1",
                        "'Hi' AnthropicIoException, requests: 1",
                        "'HiHi' complete, requests: 2"));
    }

    @Test
    void pingsWhileTheModelThinks() {
        assertThat(each(settings -> settings.withReadTimeout(LIMIT), Bench::verdict, PINGS_THEN_THE_REST))
                .isEqualTo(columns(
                        "'Hi' complete, requests: 1",
                        "'Hi' complete, requests: 1",
                        "'Hi' AnthropicIoException, requests: 1",
                        "'Hi' complete, requests: 1"));
    }

    @Test
    void pingsAndNothingElse() {
        try (ScriptedServer server = ScriptedServer.start(PINGS_THEN_THE_REST);
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey("test")
                        .baseUrl(server.baseUrl())
                        .timeouts(Timeouts.defaults().withProgress(LIMIT))
                        .build()) {
            MessageRequest request = MessageRequest.builder()
                    .model(PeerSettings.MODEL)
                    .maxTokens(64)
                    .user(PeerSettings.PROMPT)
                    .build();
            assertThatThrownBy(() -> client.messages().streamText(request).blockLast(SideBySide.LIMIT))
                    .isInstanceOfSatisfying(
                            ClockException.class,
                            passed -> assertThat(passed.clock()).isEqualTo(ClockException.Clock.PROGRESS));
        }
    }

    @Test
    void defaults() {
        assertThat(Timeouts.defaults().idle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(Timeout.builder().build().read()).isEqualTo(Duration.ofMinutes(10));
        assertThat(HttpClient.create().configuration().responseTimeout()).isNull();
    }
}
