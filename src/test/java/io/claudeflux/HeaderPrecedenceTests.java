package io.claudeflux;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose header counts: the request's, then the client's, then ours; and those that are nobody's business. */
@Timeout(60)
class HeaderPrecedenceTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    @Test
    void headerOfTheRequestComesBeforeThatOfTheClient() {
        RecordedRequest sent = send(
                builder -> builder.header("X-Team", "client").header("X-Only", "client"),
                request -> request.header("x-team", "request"));
        assertThat(sent.headerValues("x-team")).containsExactly("request");
        assertThat(sent.headerValues("x-only")).containsExactly("client");
    }

    @Test
    void headersOfTheApplicationComeBeforeOurs() {
        RecordedRequest ofClient = send(
                builder -> builder.header("Anthropic-Version", "2030-01-01").header("User-Agent", "app/1"),
                UnaryOperator.identity());
        assertThat(ofClient.headerValues("anthropic-version")).containsExactly("2030-01-01");
        assertThat(ofClient.headerValues("user-agent")).containsExactly("app/1");

        RecordedRequest ofRequest = send(
                builder -> builder.header("anthropic-version", "2030-01-01"),
                request -> request.header("anthropic-version", "2031-01-01"));
        assertThat(ofRequest.headerValues("anthropic-version")).containsExactly("2031-01-01");
    }

    @Test
    void keyOfTheRequestComesBeforeThatOfTheClient() {
        RecordedRequest sent =
                send(UnaryOperator.identity(), request -> request.header("X-Api-Key", "sk-ant-of-tenant-7"));
        assertThat(sent.headerValues("x-api-key")).containsExactly("sk-ant-of-tenant-7");
    }

    @Test
    void betasAreJoinedOnceEachWithoutBlanks() {
        RecordedRequest sent = send(
                builder -> builder.beta("b", "c").header("anthropic-beta", "x"),
                request -> request.header("Anthropic-Beta", "a , b").beta("d", "a"));
        assertThat(sent.headerValues("anthropic-beta")).containsExactly("a,b,c,d");
        assertThat(send(UnaryOperator.identity(), UnaryOperator.identity()).headerNames())
                .doesNotContain("anthropic-beta");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "Content-Length",
                "Transfer-Encoding",
                "connection",
                "Upgrade",
                "TE",
                "Expect",
                "Content-Encoding",
                "Accept-Encoding",
                "Content-Type",
                "ACCEPT"
            })
    void headersThatFrameTheMessageAreRefused(String name) {
        assertThatThrownBy(() ->
                        ClaudeClient.builder().apiKey(KEY).header(name, "x").build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name.toLowerCase(java.util.Locale.ROOT));
        assertRefused(request -> request.header(name, "x"));
    }

    @Test
    void unfitBetasAndVersionsAreRefusedBeforeAnythingIsSent() {
        assertRefused(request -> request.beta("a\r\nx-evil: 1"));
        assertRefused(request -> request.beta("a\u2028"));
        assertRefused(request -> request.header("anthropic-version", "2023-06-01\n"));
    }

    private static void assertRefused(UnaryOperator<MessageRequestBuilder> change) {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(KEY)
                        .baseUrl(server.baseUrl())
                        .build()) {
            MessageRequest request = change.apply(least()).build();
            Outcome<Message> outcome = Outcome.of(client.messages().create(request));
            ConfigurationException error = outcome.error(ConfigurationException.class);
            assertThat(error.isRetryable()).isFalse();
            assertThat(error.attempts()).isZero();
            assertThat(error.getMessage()).doesNotContain("evil");
            assertThat(server.conns()).isZero();
        }
    }

    private static RecordedRequest send(
            UnaryOperator<ClaudeClient.Builder> settings, UnaryOperator<MessageRequestBuilder> change) {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient client = settings.apply(
                                ClaudeClient.builder().apiKey(KEY).baseUrl(server.baseUrl()))
                        .build()) {
            Outcome<Message> outcome =
                    Outcome.of(client.messages().create(change.apply(least()).build()));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            return server.request(0);
        }
    }

    private static MessageRequestBuilder least() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "", " ", "a\u00e9", "a,b"})
    void unfitBetasAndVersionsOfTheClientAreRefusedAtBuild(String word) {
        ClaudeClient.Builder withBeta = ClaudeClient.builder().apiKey(KEY).beta("a", word);
        assertThatThrownBy(withBeta::build).isInstanceOf(ConfigurationException.class);
        ClaudeClient.Builder withVersion = ClaudeClient.builder().apiKey(KEY).apiVersion(new ApiVersion(word));
        assertThatThrownBy(withVersion::build).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void namesThatDifferInCaseOnlyAreOneHeader() {
        RecordedRequest sent = send(
                builder -> builder.header("X-Team", "1").header("x-team", "2"),
                request -> request.header("X-Only", "1").header("x-only", "2").header("X-only", "3"));
        assertThat(sent.headerValues("x-team")).containsExactly("2");
        assertThat(sent.headerValues("x-only")).containsExactly("3");
    }
}
