package io.claudeflux.example.chat;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Frames;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service between a browser, here a socket, and a scripted API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatServiceTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String QUESTION = body(Map.of("turns", List.of(Map.of("role", "user", "text", "Hello?"))));
    private static final String OVERLOADED = Frames.errorJson("overloaded_error", "internal words");

    private final ChatService service = ChatService.start();

    @BeforeAll
    void warmUp() throws IOException {
        try (ScriptedServer server = ask(reply(h200(), chunk(good("warm")), end()));
                Visitor visitor = visitor()) {
            assertThat(visitor.readAll()).contains("warm");
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void tellsTheAnswerAndWhatItTook() throws IOException {
        try (ScriptedServer server = ask(reply(h200(), chunk(good("Hello!")), end()));
                Visitor visitor = visitor()) {
            String answer = visitor.readAll();
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("text/event-stream")
                    .containsSubsequence(
                            "event:attempt\ndata:{\"number\":1}\n\n",
                            "event:message_start\n",
                            "\"text\":\"Hello!\"",
                            "event:message_stop\n",
                            "event:summary\ndata:{\"model\":\"",
                            "\"attempts\":1",
                            "\"inputTokens\":",
                            "\"exact\":true");
            assertThat(server.request(0).bodyText()).contains("Hello?", "claude-sonnet-5-5");
        }
        service.awaitIdle();
    }

    @Test
    void textIsThereWhileTheAnswerIsOpenAndADisconnectClosesTheRequest() throws Exception {
        try (ScriptedServer server = ask(reply(h200(), chunk(ms() + bs(0) + d(0, "Well")), hang()));
                Visitor visitor = visitor()) {
            visitor.readUntil("\"text\":\"Well\"");
            assertThat(service.metrics().permits().inUse()).isEqualTo(1);
            visitor.leave();
            server.connection(0).awaitPeerClose(SOON);
            service.awaitIdle();
            assertThat(service.metrics().calls().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void disconnectAheadOfTheFirstWordClosesTheRequest() throws Exception {
        try (ScriptedServer server = ask(reply(hang()));
                Visitor visitor = visitor()) {
            visitor.readUntil("event:attempt");
            server.awaitReqs(1, SOON);
            visitor.leave();
            server.connection(0).awaitPeerClose(SOON);
            service.awaitIdle();
        }
    }

    @Test
    void disconnectBetweenTwoAttemptsEndsTheRetries() throws Exception {
        try (ScriptedServer server =
                        ask(RetryPolicy.defaults(), reply(json(529, OVERLOADED, "retry-after-ms: 60000")));
                Visitor visitor = visitor()) {
            visitor.readUntil("event:retry");
            visitor.leave();
            Await.untilOrFail(
                    "the call is cancelled",
                    SOON,
                    () -> service.metrics().calls().cancelled() == 1);
            service.awaitIdle();
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void visitorWhoDoesNotReadHoldsBackTheApi() throws Exception {
        long all = 64L << 20;
        try (ScriptedServer server =
                        ask(reply(h200(), chunk(ms() + bs(0)), flood(all, d(0, "x".repeat(1_000))), hang()));
                Visitor visitor = visitor()) {
            visitor.readUntil("event:message_start");
            server.connection(0).awaitStall(Duration.ofMillis(300), SOON.multipliedBy(2));
            assertThat(server.bytesWritten()).isLessThan(all / 4);
            visitor.leave();
            server.connection(0).awaitPeerClose(SOON);
        }
        service.awaitIdle();
    }

    @Test
    void tellsOfEveryWaitAheadOfTheAnswer() throws IOException {
        try (ScriptedServer server = ask(
                        reply(json(529, OVERLOADED)),
                        reply(json(429, Frames.errorJson("rate_limit_error", "internal words"), "retry-after-ms: 20")),
                        reply(h200(), chunk(good("At last.")), end()));
                Visitor visitor = visitor()) {
            assertThat(visitor.readAll())
                    .containsSubsequence(
                            "{\"number\":1}",
                            "event:retry\ndata:{\"attempt\":1,\"cause\":\"Claude is overloaded\",\"status\":529,\"waitMillis\":",
                            "{\"number\":2}",
                            "event:retry\ndata:{\"attempt\":2,\"cause\":\"Too much is asked of Claude right now\",\"status\":429,",
                            "{\"number\":3}",
                            "event:message_start",
                            "At last.",
                            "\"attempts\":3")
                    .doesNotContain("internal words");
            assertThat(server.reqs()).isEqualTo(3);
        }
    }

    @Test
    void cutAnswerEndsInTroubleBehindItsText() throws IOException {
        try (ScriptedServer server = ask(reply(h200(), chunk(ms() + bs(0) + d(0, "Half an")), fin()));
                Visitor visitor = visitor()) {
            assertThat(visitor.readAll())
                    .containsSubsequence(
                            "Half an",
                            "event:trouble\ndata:{\"type\":\"cut\",\"title\":\"The connection broke off",
                            "\"advice\":\"What came so far is kept.",
                            "\"requestId\":\"req_t\"",
                            "event:summary",
                            "\"exact\":false")
                    .doesNotContain("Exception");
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error, setup",
        "400, invalid_request_error, refused",
        "404, not_found_error, no_model",
        "429, rate_limit_error, limited",
        "529, overloaded_error, overloaded",
        "500, api_error, broken",
    })
    void tellsWhatToDoAndNothingOfWhatTheServerSaid(int status, String error, String trouble) throws IOException {
        String told = Frames.errorJson(error, "internal words");
        try (ScriptedServer server = ask(RetryPolicy.none(), reply(json(status, told)));
                Visitor visitor = visitor()) {
            assertThat(visitor.readAll())
                    .startsWith("HTTP/1.1 200")
                    .contains("event:trouble\ndata:{\"type\":\"" + trouble + "\"", "\"advice\":\"", "\"attempts\":1")
                    .doesNotContain("internal words");
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"turns\":[",
                "{}",
                "{\"turns\":[]}",
                "{\"turns\":[null]}",
                "{\"turns\":[{\"role\":\"user\",\"text\":\" \"}]}",
                "{\"turns\":[{\"role\":\"root\",\"text\":\"x\"}]}",
                "{\"turns\":[{\"role\":\"user\",\"text\":\"x\"},{\"role\":\"assistant\",\"text\":\"x\"}]}",
                "{\"model\":\"no such/../model\",\"turns\":[{\"role\":\"user\",\"text\":\"x\"}]}",
            })
    void whatIsNoConversationIsRefused(String body) throws IOException {
        try (ScriptedServer server = ask(reply(hang()));
                Visitor visitor = Visitor.post(service.url(), body)) {
            assertThat(visitor.readAll())
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"status\":400", "\"detail\":\"")
                    .doesNotContain("Exception", "io.claudeflux");
            assertThat(server.reqs()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"100_001, 400", "300_000, 413"})
    void whatIsTooLongIsRefused(String characters, int status) throws IOException {
        String text = "x".repeat(Integer.parseInt(characters.replace("_", "")));
        String body = body(Map.of("turns", List.of(Map.of("role", "user", "text", text))));
        try (ScriptedServer server = ask(reply(hang()));
                Visitor visitor = Visitor.post(service.url(), body)) {
            // No further: a server that does not read the rest resets the connection behind its answer.
            assertThat(visitor.readUntil("\r\n")).startsWith("HTTP/1.1 " + status);
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    void thePageTakesNothingFromElsewhere() throws IOException {
        try (Visitor visitor = Visitor.get(service.url(), "/")) {
            assertThat(visitor.readAll())
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Security-Policy: default-src 'self';", "<!doctype html>")
                    .doesNotContain("http://", "https://");
        }
    }

    @Test
    void thereIsAModelToChooseAlsoWhereNoneAreListed() throws IOException {
        try (Visitor visitor = Visitor.get(service.url(), "/api/setup")) {
            assertThat(visitor.readAll()).endsWith("{\"isSimulated\":false,\"models\":[\"claude-sonnet-5-5\"]}");
        }
    }

    private ScriptedServer ask(Script... scripts) {
        ScriptedServer server = ScriptedServer.start(scripts);
        service.ask(server);
        return server;
    }

    private ScriptedServer ask(RetryPolicy retry, Script... scripts) {
        ScriptedServer server = ScriptedServer.start(scripts);
        service.ask(server, retry);
        return server;
    }

    private Visitor visitor() throws IOException {
        return Visitor.post(service.url(), QUESTION);
    }

    private static String body(Map<String, Object> chat) {
        return Json.of(chat).text();
    }
}
