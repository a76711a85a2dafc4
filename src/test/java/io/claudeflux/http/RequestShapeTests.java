package io.claudeflux.http;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request as the server sees it: line, headers, body. */
@Timeout(60)
class RequestShapeTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    @Test
    void requestLineAndHeadersAreThoseOfTheApi() {
        RecordedRequest sent = sendWith(UnaryOperator.identity(), request());

        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.target()).isEqualTo("/v1/messages");
        assertThat(sent.headerValues("x-api-key")).containsExactly(KEY);
        assertThat(sent.headerValues("anthropic-version")).containsExactly("2023-06-01");
        assertThat(sent.headerValues("accept")).containsExactly("text/event-stream");
        assertThat(sent.headerValues("accept-encoding")).containsExactly("identity");
        assertThat(sent.headerValues("content-type")).containsExactly("application/json");
        assertThat(sent.headerValues("content-length")).containsExactly(Integer.toString(sent.body().length));
        assertThat(sent.headerValues("user-agent")).singleElement().asString().startsWith("claude-flux/");
        assertThat(sent.headerValues("host")).hasSize(1);
    }

    @Test
    void nothingElseIsSent() {
        RecordedRequest sent = sendWith(UnaryOperator.identity(), request());

        assertThat(sent.headerNames())
                .containsExactlyInAnyOrder(
                        "host",
                        "user-agent",
                        "accept",
                        "accept-encoding",
                        "content-type",
                        "content-length",
                        "x-stainless-retry-count",
                        "anthropic-version",
                        "x-api-key");
    }

    @Test
    void bodyIsTheRequestWithStreamTurnedOn() {
        RecordedRequest sent = sendWith(UnaryOperator.identity(), request());

        assertThat(Json.parse(sent.bodyText()))
                .isEqualTo(Json.parse("{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":64,\"stream\":true,"
                        + "\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hé 😀.\"}]}"));
    }

    @Test
    void authTokenGoesOutAsBearer() {
        RecordedRequest sent =
                send(server -> ClaudeClient.builder().authToken("tok-123").baseUrl(server.baseUrl()), request());

        assertThat(sent.headerValues("authorization")).containsExactly("Bearer tok-123");
        assertThat(sent.headerNames()).doesNotContain("x-api-key");
    }

    @Test
    void versionHeadersAndBetasAreTheClientsAndTheRequests() {
        MessageRequest request = request().toBuilder()
                .beta("b-2026-01-01", "a-2025-01-01")
                .header("anthropic-workspace-id", "wrkspc_1")
                .build();
        RecordedRequest sent = sendWith(
                builder -> builder.apiVersion(ApiVersion.V2026_10_21)
                        .beta("a-2025-01-01")
                        .header("x-team", "blue"),
                request);

        assertThat(sent.headerValues("anthropic-version")).containsExactly("2026-10-21");
        assertThat(sent.headerValues("anthropic-beta")).containsExactly("a-2025-01-01,b-2026-01-01");
        assertThat(sent.headerValues("x-team")).containsExactly("blue");
        assertThat(sent.headerValues("anthropic-workspace-id")).containsExactly("wrkspc_1");
    }

    @ParameterizedTest(name = "base URL with the path \"{0}\"")
    @ValueSource(strings = {"/proxy/claude", "/proxy/claude/"})
    void pathOfTheBaseUrlComesFirst(String path) {
        RecordedRequest sent =
                send(server -> ClaudeClient.builder().apiKey(KEY).baseUrl(server.baseUrl() + path), request());
        assertThat(sent.target()).isEqualTo("/proxy/claude/v1/messages");
    }

    @Test
    @DisplayName("S21 quotes, newlines and U+2028 in ids arrive as they are")
    void oddCharactersArriveIntact() {
        String odd = "a\"b\\c\nd\u2028e\u0000f\ud83d\ude00";
        MessageRequest request = request().toBuilder().model(odd).user(odd).build();
        Map<String, ?> body = Json.parse(
                        sendWith(UnaryOperator.identity(), request).bodyText())
                .toMap();

        assertThat(body.get("model")).isEqualTo(odd);
        assertThat(body.toString()).contains(odd);
    }

    @Test
    @DisplayName("G16 a large body is sent with its length")
    void largeBodyHasAContentLength() {
        MessageRequest request =
                request().toBuilder().user("x".repeat(10 << 20)).build();
        RecordedRequest sent = sendWith(UnaryOperator.identity(), request);

        assertThat(sent.headerNames()).doesNotContain("transfer-encoding");
        assertThat(sent.body()).hasSizeGreaterThan(10 << 20);
    }

    @Test
    void extraBodyFieldsAreSent() {
        MessageRequest request = request().toBuilder()
                .extraBody("context_management", Map.of("edits", List.of()))
                .extraBody("top_k", 3)
                .build();
        Json body = Json.parse(sendWith(UnaryOperator.identity(), request).bodyText());

        assertThat(body.get("context_management")).contains(Json.parse("{\"edits\":[]}"));
        assertThat(body.get("top_k")).contains(Json.parse("3"));
    }

    @ParameterizedTest(name = "S01 S26 a key that is no header value: {0}")
    @ValueSource(
            strings = {
                "sk-ant-x\r\nX-Evil: 1",
                "sk-ant-TESTKEY-0123456789abcdef\n",
                "sk ant",
                "",
                "sk-\u0000",
                "sk-\u201c",
                "s\u00e9"
            })
    void unfitKeysAreRefusedAtBuild(String key) {
        assertThatThrownBy(() -> ClaudeClient.builder().apiKey(key).build())
                .isInstanceOfSatisfying(ConfigurationException.class, error -> {
                    if (key.length() > 3) {
                        assertThat(error.getMessage()).doesNotContain(key).doesNotContain(key.strip());
                    }
                });
    }

    @Test
    @DisplayName("S26 the message names the index of the newline")
    void indexOfTheBadCharacterIsNamed() {
        assertThatThrownBy(() -> ClaudeClient.builder().apiKey(KEY + "\n").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("31");
    }

    @ParameterizedTest(name = "S03 header {0}")
    @ValueSource(strings = {"a b", "a:b", "a\r\nb", "", "\u00e9", "a\u0000"})
    void unfitHeaderNamesAreRefused(String name) {
        assertThatThrownBy(() ->
                        ClaudeClient.builder().apiKey(KEY).header(name, "v").build())
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest(name = "S03 header value {0}")
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "\u201c"})
    void unfitHeaderValuesAreRefused(String value) {
        assertThatThrownBy(() ->
                        ClaudeClient.builder().apiKey(KEY).header("x-a", value).build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    @DisplayName("S03 an unfit header of a request is refused before anything is sent")
    void unfitRequestHeadersAreRefused() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(KEY)
                        .baseUrl(server.baseUrl())
                        .build()) {
            MessageRequest request =
                    request().toBuilder().header("x-a", "1\r\nx-evil: 2").build();
            Outcome.of(client.messages().create(request)).error(ConfigurationException.class);
            assertThat(server.conns()).isZero();
        }
    }

    @ParameterizedTest(name = "S05 {0} is refused")
    @ValueSource(
            strings = {
                "http://example.com", "ftp://example.com", "https://user:pw@example.com", "https://example.com?x=1",
                "https://example.com#f", "example.com", "https://", "not a url"
            })
    void unfitBaseUrlsAreRefused(String url) {
        assertThatThrownBy(() -> ClaudeClient.builder().apiKey(KEY).baseUrl(url).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        error -> assertThat(error.getMessage()).doesNotContain("pw"));
    }

    @Test
    @DisplayName("S05 plain HTTP to another host when allowed")
    void plaintextCanBeAllowed() {
        ClaudeClient.builder()
                .apiKey(KEY)
                .baseUrl("http://example.com")
                .allowPlaintext(true)
                .build()
                .close();
    }

    private static MessageRequest request() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(64)
                .system("Be brief.")
                .user("Say hé 😀.")
                .build();
    }

    private static RecordedRequest sendWith(UnaryOperator<ClaudeClient.Builder> settings, MessageRequest request) {
        return send(server -> settings.apply(ClaudeClient.builder().apiKey(KEY).baseUrl(server.baseUrl())), request);
    }

    private static RecordedRequest send(
            Function<ScriptedServer, ClaudeClient.Builder> builder, MessageRequest request) {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = builder.apply(server).build()) {
            Outcome<Message> outcome = Outcome.of(client.messages().create(request));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(server.reqs()).isEqualTo(1);
            return server.request(0);
        }
    }
}
