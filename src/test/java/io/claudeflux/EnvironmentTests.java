package io.claudeflux;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client takes from the environment, and what it refuses before anything is sent. */
@Timeout(60)
class EnvironmentTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";
    private final Map<String, String> variables = new HashMap<>();
    private final Set<String> looked = new TreeSet<>();

    private DefaultClaudeClientBuilder builder() {
        return new DefaultClaudeClientBuilder().environment(name -> {
            looked.add(name);
            return variables.get(name);
        });
    }

    @Test
    void keyAndUrlComeFromTheEnvironment() {
        variables.put("ANTHROPIC_API_KEY", KEY);
        RecordedRequest sent = send(UnaryOperator.identity());
        assertThat(sent.headerValues("x-api-key")).containsExactly(KEY);
        assertThat(sent.headerNames()).doesNotContain("authorization");
        assertThat(sent.target()).isEqualTo("/prefix/v1/messages");
    }

    @Test
    void tokenStandsInForTheKey() {
        variables.put("ANTHROPIC_AUTH_TOKEN", "tok-123");
        RecordedRequest sent = send(UnaryOperator.identity());
        assertThat(sent.headerValues("authorization")).containsExactly("Bearer tok-123");
        assertThat(sent.headerNames()).doesNotContain("x-api-key");
    }

    @Test
    void keyComesBeforeTheToken() {
        variables.put("ANTHROPIC_API_KEY", KEY);
        variables.put("ANTHROPIC_AUTH_TOKEN", "tok-123");
        RecordedRequest sent = send(UnaryOperator.identity());
        assertThat(sent.headerValues("x-api-key")).containsExactly(KEY);
        assertThat(sent.headerNames()).doesNotContain("authorization");
    }

    @Test
    void whatTheApplicationSetsComesBeforeTheEnvironment() {
        variables.put("ANTHROPIC_API_KEY", "of-the-environment");
        variables.put("ANTHROPIC_AUTH_TOKEN", "of-the-environment");
        assertThat(send(builder -> builder.apiKey(KEY)).headerValues("x-api-key"))
                .containsExactly(KEY);
        RecordedRequest withToken = send(builder -> builder.authToken("tok-123"));
        assertThat(withToken.headerValues("authorization")).containsExactly("Bearer tok-123");
        assertThat(withToken.headerNames()).doesNotContain("x-api-key");
        assertThat(send(builder -> builder.apiKey("first").apiKey(KEY)).headerValues("x-api-key"))
                .as("the last one set counts")
                .containsExactly(KEY);
    }

    @Test
    void nothingElseIsLookedUp() {
        variables.put("ANTHROPIC_API_KEY", KEY);
        builder().build().close();
        assertThat(looked)
                .containsExactly(
                        "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS");
        looked.clear();
        builder().apiKey(KEY).baseUrl("https://gateway.example").build().close();
        assertThat(looked).containsExactly("ANTHROPIC_CUSTOM_HEADERS");
    }

    @Test
    void missingKeyNamesEveryWayToSetOne() {
        assertThatThrownBy(() -> builder().build()).isInstanceOfSatisfying(ConfigurationException.class, error -> {
            assertThat(error.setting()).isEqualTo("apiKey");
            assertThat(error.getMessage())
                    .contains("apiKey(...)", "authToken(...)", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");
        });
    }

    @Test
    void emptyVariablesAreNotSet() {
        variables.put("ANTHROPIC_API_KEY", "");
        variables.put("ANTHROPIC_AUTH_TOKEN", "");
        assertThatThrownBy(() -> builder().build()).hasMessageContaining("no API key");
        variables.put("ANTHROPIC_BASE_URL", "");
        builder().apiKey(KEY).build().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"})
    void unfitSecretIsRefusedAndNotShown(String name) {
        variables.put(name, KEY + "\n");
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(ConfigurationException.class)
                .satisfies(error ->
                        assertThat(error.getMessage()).contains("index 31").doesNotContain("TESTKEY"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.com", "example.com", "https://user:SECRET@example.com", "ftp://example.com"})
    void unfitUrlIsRefused(String url) {
        variables.put("ANTHROPIC_BASE_URL", url);
        assertThatThrownBy(() -> builder().apiKey(KEY).build())
                .isInstanceOfSatisfying(ConfigurationException.class, error -> {
                    assertThat(error.setting()).isEqualTo("baseUrl");
                    assertThat(error.getMessage()).doesNotContain("SECRET");
                });
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        for (UnaryOperator<ClaudeClient.Builder> setting : List.<UnaryOperator<ClaudeClient.Builder>>of(
                builder -> builder.maxConcurrentRequests(0),
                builder -> builder.maxConcurrentRequests(-1),
                builder -> builder.maxQueuedRequests(-1))) {
            assertThatThrownBy(() -> setting.apply(builder().apiKey(KEY)).build())
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void builderShowsNoKey() {
        ClaudeClient.Builder builder = builder().apiKey(KEY).header("x-a", "SECRET");
        assertThat(builder.toString()).doesNotContain("TESTKEY", "SECRET");
        try (ClaudeClient client = builder.build()) {
            assertThat(client.toString()).doesNotContain("TESTKEY", "SECRET");
            assertThat(client.messages().toString()).doesNotContain("TESTKEY", "SECRET");
        }
    }

    private RecordedRequest send(UnaryOperator<ClaudeClient.Builder> settings) {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()))) {
            variables.put("ANTHROPIC_BASE_URL", server.baseUrl() + "/prefix/");
            try (ClaudeClient client = settings.apply(builder()).build()) {
                assertThat(Outcome.of(client.messages().create(request())).isComplete())
                        .isTrue();
            }
            return server.request(0);
        }
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
