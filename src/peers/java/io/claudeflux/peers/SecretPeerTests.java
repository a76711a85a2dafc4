package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.peers.SideBySide.Bench;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who gets to see the key and the prompt. */
class SecretPeerTests {
    private static final String KEY = "peer-key-0123456789";

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void redirectToAnotherOrigin(int status) {
        try (ScriptedServer other = ScriptedServer.start(reply(h200(), chunk(good("Hi")), end()))) {
            assertThat(each(
                            settings -> settings.withApiKey(KEY),
                            bench -> {
                                int before = other.reqs();
                                Outcome.of(bench.client().text(), SideBySide.LIMIT);
                                return told(other.requests().subList(before, other.reqs()));
                            },
                            reply(response(status, "text/plain", "", "location: " + other.baseUrl() + "/v1/messages"))))
                    .isEqualTo(columns("nothing", "prompt", "prompt and key", "nothing"));
        }
    }

    private static String told(List<RecordedRequest> requests) {
        if (requests.isEmpty()) {
            return "nothing";
        }
        RecordedRequest request = requests.get(0);
        assertThat(request.bodyText()).contains(PeerSettings.PROMPT);
        return request.headers().toString().contains(KEY) ? "prompt and key" : "prompt";
    }

    @Test
    void keyInToStringAndErrors() {
        assertThat(each(
                        settings -> settings.withApiKey(KEY),
                        bench -> bench.client() + " "
                                + Outcome.of(bench.client().text(), SideBySide.LIMIT)
                                        .error(),
                        reply(json(401, errorJson("authentication_error", "invalid x-api-key")))))
                .allSatisfy((peer, shown) -> assertThat(shown).doesNotContain(KEY));
    }

    @Test
    void logAtTrace() {
        assertThat(each(
                        settings -> settings.withApiKey(KEY),
                        SecretPeerTests::logged,
                        reply(h200(), chunk(good("Ruff-of-Feathers")), end())))
                .isEqualTo(columns("", "", "", "prompt, answer"));
    }

    private static String logged(Bench bench) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        try {
            Outcome.of(bench.client().text(), SideBySide.LIMIT);
        } finally {
            root.setLevel(level);
            root.detachAppender(lines);
        }
        String all = String.join(
                "\n",
                List.copyOf(lines.list).stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
        assertThat(all).doesNotContain(KEY);
        return (all.contains(PeerSettings.PROMPT) ? "prompt" : "") + (all.contains("Ruff-of") ? ", answer" : "");
    }
}
