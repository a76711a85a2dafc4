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
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ANTHROPIC_CUSTOM_HEADERS}: one header a line. */
@Timeout(60)
class CustomHeaderTests {
    private final Map<String, String> variables = new HashMap<>();

    @Test
    void eachLineIsAHeader() {
        RecordedRequest sent = send(
                "X-One: 1\r\n\r\n  \nX-Two:2\nx-three:\t a: b \nX-One: again\nanthropic-beta: of-env\nx-empty:\n",
                b -> b.beta("mine"));
        assertThat(sent.headerValues("x-one")).containsExactly("again");
        assertThat(sent.headerValues("x-two")).containsExactly("2");
        assertThat(sent.headerValues("x-three")).containsExactly("a: b");
        assertThat(sent.headerValues("x-empty")).containsExactly("");
        assertThat(sent.headerValues("anthropic-beta")).containsExactly("of-env,mine");
    }

    @Test
    void headersOfTheApplicationComeFirst() {
        RecordedRequest sent =
                send("X-One: environment\nUser-Agent: environment", b -> b.header("x-ONE", "application"));
        assertThat(sent.headerValues("x-one")).containsExactly("application");
        assertThat(sent.headerValues("user-agent")).containsExactly("environment");
    }

    @Test
    void theyMaySayWhoAsks() {
        RecordedRequest sent = send("Authorization: Bearer of-gateway", UnaryOperator.identity());
        assertThat(sent.headerValues("authorization")).containsExactly("Bearer of-gateway");
        assertThat(sent.headerNames()).doesNotContain("x-api-key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no colon SECRETxyz | line 2 has no colon",
                ": SECRETxyz | line 2 cannot be a header: header name",
                "a b: SECRETxyz | which index 1 is not",
                "x-a: SECRETxyz\u0000y | header x-a has a character at index 9",
                "x-a: \u00e9SECRETxyz | header x-a has a character at index 0",
                "Host: SECRETxyz | header host is set by the client",
                "Content-Length: 9 | header content-length is set by the client"
            })
    void lineThatCannotBeAHeaderIsNamedByItsNumber(String line, String said) {
        variables.put("ANTHROPIC_CUSTOM_HEADERS", "x-fine: 1\n" + line);
        DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder().environment(variables::get);
        assertThatThrownBy(builder.apiKey("key")::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("ANTHROPIC_CUSTOM_HEADERS: line 2 ")
                .hasMessageContaining(said)
                .hasMessageNotContaining("SECRET");
    }

    private RecordedRequest send(String headers, UnaryOperator<ClaudeClient.Builder> settings) {
        variables.put("ANTHROPIC_CUSTOM_HEADERS", headers);
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()))) {
            ClaudeClient.Builder builder = new DefaultClaudeClientBuilder()
                    .environment(variables::get)
                    .baseUrl(server.baseUrl())
                    .apiKey("key");
            try (ClaudeClient client = settings.apply(builder).build()) {
                assertThat(Outcome.of(client.messages().create(TokenBench.request()))
                                .isComplete())
                        .isTrue();
            }
            return server.request(0);
        }
    }
}
