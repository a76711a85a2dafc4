package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static io.claudeflux.peers.SideBySide.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.errors.SseException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Errors of the API, by status and behind a 200. */
class ErrorPeerTests {
    private static final Script WHOLE = reply(h200(), chunk(good("Hi")), end());

    @Test
    void overloadedByStatus() {
        assertThat(verdicts(reply(json(529, errorJson("overloaded_error", "Overloaded"))), WHOLE))
                .isEqualTo(columns(
                        "'Hi' complete, requests: 2",
                        "'Hi' complete, requests: 2",
                        "'Hi' complete, requests: 2",
                        "'Hi' complete, requests: 2"));
    }

    @Test
    void overloadedAsFirstEvent() {
        assertThat(verdicts(reply(h200(), chunk(err("overloaded_error")), end()), WHOLE))
                .isEqualTo(columns(
                        "'Hi' complete, requests: 2",
                        "'' SseException, requests: 1",
                        "'' SseException, requests: 1",
                        "'' complete, requests: 1"));
    }

    @Test
    void overloadedAfterText() {
        assertThat(verdicts(reply(h200(), chunk(ms() + bs(0) + d(0, "Hi") + err("overloaded_error")), end()), WHOLE))
                .isEqualTo(columns(
                        "'Hi' OverloadedException, requests: 1",
                        "'Hi' SseException, requests: 1",
                        "'Hi' SseException, requests: 1",
                        "'Hi' complete, requests: 1"));
    }

    @Test
    void statusOfAnErrorBehindThe200() {
        assertThat(each(
                        bench -> effectiveStatus(Outcome.of(bench.client().text(), SideBySide.LIMIT)
                                .error()),
                        reply(h200(), chunk(ms() + bs(0) + d(0, "Hi") + err("overloaded_error")), end())))
                .containsEntry(Peer.CLAUDE_FLUX, 529)
                .containsEntry(Peer.OFFICIAL_SDK, 200);
    }

    private static int effectiveStatus(@Nullable Throwable error) {
        if (error instanceof OverloadedException ours) {
            return ours.effectiveStatus();
        }
        return error instanceof SseException theirs ? theirs.statusCode() : -1;
    }
}
