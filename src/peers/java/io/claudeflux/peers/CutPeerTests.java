package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Script;
import org.junit.jupiter.api.Test;

/** Answers that are not whole. */
class CutPeerTests {
    private static final String BEGUN = ms() + bs(0) + d(0, "Hi");
    private static final Script WHOLE = reply(h200(), chunk(good("Hi")), end());

    @Test
    void bodyEndsBeforeMessageStop() {
        assertThat(verdicts(reply(h200(), chunk(BEGUN), end())))
                .isEqualTo(columns(
                        "'Hi' StreamException, requests: 1",
                        "'Hi' complete, requests: 1",
                        "'Hi' complete, requests: 1",
                        "'Hi' complete, requests: 1"));
    }

    @Test
    void connectionClosesInTheMiddle() {
        assertThat(verdicts(reply(h200(), chunk(BEGUN), fin()), WHOLE))
                .isEqualTo(columns(
                        "'Hi' StreamException, requests: 1",
                        "'Hi' AnthropicIoException, requests: 1",
                        "'Hi' AnthropicIoException, requests: 1",
                        "'HiHi' complete, requests: 2"));
    }

    @Test
    void bodyIsEmpty() {
        assertThat(verdicts(reply(h200(), end()), WHOLE))
                .isEqualTo(columns(
                        "'Hi' complete, requests: 2",
                        "'' complete, requests: 1",
                        "'' complete, requests: 1",
                        "'' complete, requests: 1"));
    }

    @Test
    void pageOfAProxyInsteadOfAStream() {
        assertThat(verdicts(reply(response(200, "text/html", "<html>Sign in</html>"))))
                .isEqualTo(columns(
                        "'' StreamException, requests: 1",
                        "'' complete, requests: 1",
                        "'' complete, requests: 1",
                        "'' complete, requests: 1"));
    }
}
