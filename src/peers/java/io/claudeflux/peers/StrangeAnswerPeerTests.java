package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.blockStart;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.delta;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Script;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that nobody has seen so far. */
class StrangeAnswerPeerTests {
    private static final String TAIL = d(0, "Hi") + be(0) + md() + st();

    @ParameterizedTest
    @ValueSource(strings = {"event", "block", "delta"})
    void somethingOfTomorrow(String kind) {
        String news = switch (kind) {
            case "event" -> frame("weather", "{\"type\":\"weather\",\"x\":1}") + bs(0);
            case "block" ->
                blockStart(1, "{\"type\":\"hologram\",\"x\":1}").replace("\"index\":1", "\"index\":0") + be(0) + bs(1);
            default -> bs(0) + delta(0, "{\"type\":\"hologram_delta\",\"x\":1}");
        };
        String tail = kind.equals("block") ? TAIL.replace("\"index\":0", "\"index\":1") : TAIL;

        assertThat(verdicts(whole(ms() + news + tail))).isEqualTo(same("'Hi' complete, requests: 1"));
    }

    @Test
    void eventOfMoreThan256Kilobytes() {
        String large = "x".repeat(300 << 10);

        Map<Peer, String> verdicts = verdicts(whole(ms() + bs(0) + d(0, large) + TAIL));

        verdicts.replaceAll((peer, verdict) -> verdict.replace(large, "…"));
        assertThat(verdicts)
                .isEqualTo(columns(
                        "'…Hi' complete, requests: 1",
                        "'…Hi' complete, requests: 1",
                        "'…Hi' complete, requests: 1",
                        "'' RetryExhaustedException, requests: 3"));
    }

    @Test
    void messageThatBeginsTwice() {
        assertThat(verdicts(whole(ms() + bs(0) + d(0, "Hi") + ms() + bs(0) + TAIL)))
                .isEqualTo(columns(
                        "'Hi' StreamException, requests: 1",
                        "'HiHi' complete, requests: 1",
                        "'HiHi' complete, requests: 1",
                        "'HiHi' complete, requests: 1"));
    }

    private static Script whole(String frames) {
        return reply(h200(), chunk(frames), end());
    }

    private static Map<Peer, String> same(String verdict) {
        return columns(verdict, verdict, verdict, verdict);
    }
}
