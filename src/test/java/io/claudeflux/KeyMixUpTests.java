package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What is taken for an API key and is none: said where the API itself is asked, and let be where a gateway is. */
@Timeout(60)
class KeyMixUpTests {
    private static final String SECRET = "WALRUS-0123456789abcdef";

    private static DefaultClaudeClientBuilder builder() {
        return new DefaultClaudeClientBuilder().environment(name -> null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sk-ant-oat01- | a subscription is not API access",
                "sk-ant-ort01- | is a refresh token",
                "sk-ant-admin01- | is an admin key",
                "sk-proj- | OpenAI",
                "sk-or-v1- | OpenRouter",
                "AKIA | AWS",
                "AIza | Google",
                "ghp_ | GitHub",
                "eyJ | authToken(...)",
                "/run/secrets/ | path of a file",
                "./ | path of a file",
                "~/ | path of a file",
                "C:\\ | path of a file",
                "file:///run/ | path of a file"
            })
    void otherSecretsAreNamed(String prefix, String said) {
        try (LogCapture logs = LogCapture.start(SECRET)) {
            assertThatThrownBy(builder().apiKey(prefix + SECRET)::build)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("apiKey ")
                    .hasMessageContaining(said)
                    .satisfies(error -> assertThat(logs.betrays(String.valueOf(error.getMessage())))
                            .isFalse());
            builder()
                    .apiKey(prefix + SECRET)
                    .baseUrl("https://gateway.example")
                    .build()
                    .close();
            logs.assertClean();
            long hints = logs.newest().stream()
                    .filter(line -> line.startsWith("WARN") && line.contains("apiKey"))
                    .count();
            assertThat(hints).isEqualTo(said.startsWith("path") ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "your-api-key",
                "YOUR_API_KEY_HERE",
                "your_anthropic_api_key",
                "my-api-key",
                "<api-key>",
                "<YOUR_KEY>",
                "${ANTHROPIC_API_KEY}",
                "$ANTHROPIC_API_KEY",
                "{{key}}",
                "%ANTHROPIC_API_KEY%",
                "ANTHROPIC_API_KEY",
                "xxx",
                "XxXxXxXxXx",
                "sk-ant-...",
                "sk-ant-xxxx",
                "sk-ant-api03-...",
                "sk-ant-***",
                "...",
                "changeme",
                "CHANGE_ME",
                "placeholder",
                "null",
                "undefined",
                "insert-key-here",
                "todo"
            })
    void placeholdersAreNamed(String key) {
        assertThatThrownBy(builder().apiKey(key)::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("placeholder that nobody has filled in");
        assertThatThrownBy(builder().authToken(key)::build).hasMessageStartingWith("authToken is a placeholder");
        try (LogCapture logs = LogCapture.start("not-in-here")) {
            builder().apiKey(key).baseUrl("http://127.0.0.1:8080").build().close();
            assertThat(logs.newest()).noneMatch(line -> line.startsWith("WARN"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-TESTKEY-0123456789abcdef",
                "sk-ant-api03-AbCdEf_0123-4567xxx",
                "key",
                "test",
                "simulated",
                "mykeyboard-7",
                "secret/with/slashes"
            })
    void whateverMayBeAKeyIsTaken(String key) {
        builder().apiKey(key).build().close();
        builder().authToken(key).build().close();
    }

    @Test
    void tokensOfALoginAreTakenAsTokens() {
        builder().authToken("sk-ant-oat01-" + SECRET).build().close();
        builder().authToken("eyJhbGciOi." + SECRET.repeat(60)).build().close();
        assertThatThrownBy(builder().authToken("sk-ant-ort01-" + SECRET)::build)
                .hasMessageContaining("is a refresh token")
                .hasMessageNotContaining("WALRUS");
    }

    @Test
    void suppliedKeysAreLookedAtToo() {
        try (ClaudeClient client =
                builder().apiKey(() -> Mono.just("sk-ant-oat01-" + SECRET)).build()) {
            assertThatThrownBy(
                            () -> client.messages().create(TokenBench.request()).block(TokenBench.LIMIT))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("a subscription is not API access")
                    .hasMessageNotContaining("WALRUS");
        }
    }
}
