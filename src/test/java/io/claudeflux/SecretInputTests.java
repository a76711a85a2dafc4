package io.claudeflux;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Federation;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/**
 * S01, S03, S26 and their kin: through whichever door a secret, a header or an id comes that cannot be one, nothing is
 * sent, and what is said about it names the place and shows no piece of it.
 */
@Timeout(60)
class SecretInputTests {
    private static final String SECRET = "TESTKEY-0123456789abcdef";
    private static final String KEY = "sk-ant-" + SECRET;

    /** What is wrong with a value, and what is said about it. */
    private record Fault(String name, String value, String said) {}

    /** Where a value goes in. */
    private interface Door {
        void put(Ways ways, String value);
    }

    /** All that may be said to a client. */
    private record Ways(ClaudeClient.Builder builder, MessageRequestBuilder request, Map<String, String> variables) {}

    private static List<Fault> unfitSecrets() {
        return List.of(
                new Fault("S01 a header behind a line break", KEY + "\r\nX-Evil: 1", "white space"),
                new Fault(
                        "S26 a trailing newline",
                        KEY + "\n",
                        "read from a file, or copied with a line end?) at index 31"),
                new Fault("a trailing CRLF", KEY + "\r\n", "index 31"),
                new Fault("a leading blank", " " + KEY, "index 0"),
                new Fault("a scheme ahead of it", "Bearer " + KEY, "index 6"),
                new Fault("a byte order mark", "\uFEFF" + KEY, "index 0"),
                new Fault("a no-break space", KEY + "\u00a0", "white space"),
                new Fault("a zero-width space", "sk-ant-\u200b" + SECRET, "index 7"),
                new Fault("a letter beyond ASCII", KEY + "\u00e9", "index 31"),
                new Fault("a typographic dash", KEY + "\u2013", "index 31"),
                new Fault("an emoji", KEY + "\ud83d\ude00", "index 31"),
                new Fault("NUL", "sk-ant-\u0000" + SECRET, "index 7"),
                new Fault("DEL", KEY + "\u007f", "index 31"),
                new Fault("quotes of an .env file", "\"" + KEY + "\"", "quotation mark at index 0"),
                new Fault("too much", KEY + SECRET.repeat(400), "characters"),
                new Fault("blanks", "   ", "index 0"));
    }

    private static List<Fault> unfitValues() {
        return List.of(
                new Fault("S03 CRLF", SECRET + "\r\nx-evil: 1", "index 24"),
                new Fault("S03 LF", SECRET + "\nx", "index 24"),
                new Fault("S03 CR", SECRET + "\rx", "index 24"),
                new Fault("S03 NUL", SECRET + "\u0000x", "index 24"),
                new Fault("DEL", SECRET + "\u007fx", "index 24"),
                new Fault("obs-text", SECRET + "\u00ffx", "index 24"),
                new Fault("beyond Latin-1", SECRET + "\u2028x", "index 24"));
    }

    private static Map<String, Door> secretDoors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        doors.put("apiKey", (ways, value) -> ways.builder().apiKey(value));
        doors.put("authToken", (ways, value) -> ways.builder().authToken(value));
        doors.put("apiKey(supplier)", (ways, value) -> ways.builder().apiKey(() -> Mono.just(value)));
        doors.put("authToken(supplier)", (ways, value) -> ways.builder().authToken(() -> Mono.just(value)));
        doors.put("ANTHROPIC_API_KEY", (ways, value) -> ways.variables().put("ANTHROPIC_API_KEY", value));
        doors.put("ANTHROPIC_AUTH_TOKEN", (ways, value) -> ways.variables().put("ANTHROPIC_AUTH_TOKEN", value));
        return doors;
    }

    private static Map<String, Door> valueDoors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        doors.put("builder.header", (ways, value) -> key(ways).header("x-a", value));
        doors.put("request.header", (ways, value) -> {
            key(ways);
            ways.request().header("x-a", value);
        });
        doors.put("ANTHROPIC_CUSTOM_HEADERS", (ways, value) -> {
            key(ways);
            ways.variables().put("ANTHROPIC_CUSTOM_HEADERS", "x-b: 1\n\nx-a: " + value.replace("\n", "\u0001"));
        });
        doors.put(
                "federation",
                (ways, value) -> ways.builder()
                        .federation(
                                Federation.of("r", "o", () -> Mono.just("x")).withWorkspaceId(value)));
        return doors;
    }

    /** Those that say which characters may be there, and not where the first other one is. */
    private static Map<String, Door> wordDoors() {
        Map<String, Door> doors = new LinkedHashMap<>();
        doors.put("builder.header's name", (ways, value) -> key(ways).header(value, "1"));
        doors.put("request.header's name", (ways, value) -> {
            key(ways);
            ways.request().header(value, "1");
        });
        doors.put("ANTHROPIC_CUSTOM_HEADERS's name", (ways, value) -> {
            key(ways);
            ways.variables().put("ANTHROPIC_CUSTOM_HEADERS", value.replace("\n", "\u0001") + ": 1");
        });
        doors.put("builder.beta", (ways, value) -> key(ways).beta(value));
        doors.put("request.beta", (ways, value) -> {
            key(ways);
            ways.request().beta(value);
        });
        doors.put("apiVersion", (ways, value) -> key(ways).apiVersion(new ApiVersion(value)));
        return doors;
    }

    private static ClaudeClient.Builder key(Ways ways) {
        return ways.builder().apiKey("another");
    }

    @TestFactory
    Stream<DynamicTest> unfitSecretsAtEveryDoor() {
        return tests(secretDoors(), unfitSecrets());
    }

    @TestFactory
    Stream<DynamicTest> unfitHeadersAndIdsAtEveryDoor() {
        return tests(valueDoors(), unfitValues());
    }

    @TestFactory
    Stream<DynamicTest> unfitNamesAndWordsAtEveryDoor() {
        List<Fault> faults = unfitValues().stream()
                .map(fault -> new Fault(fault.name(), fault.value(), "must be made of letters"))
                .toList();
        return tests(wordDoors(), faults);
    }

    private static Stream<DynamicTest> tests(Map<String, Door> doors, List<Fault> faults) {
        return doors.entrySet().stream()
                .flatMap(door -> faults.stream()
                        .map(fault -> dynamicTest(
                                door.getKey() + ": " + fault.name(), () -> assertRefused(door.getValue(), fault))));
    }

    private static void assertRefused(Door door, Fault fault) {
        Map<String, String> variables = new HashMap<>();
        try (LogCapture logs = LogCapture.start(SECRET);
                ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()))) {
            DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder().environment(variables::get);
            builder.baseUrl(server.baseUrl());
            MessageRequestBuilder request =
                    MessageRequest.builder().model("m").maxTokens(1).user("hi");
            ConfigurationException error = refusal(door, fault, new Ways(builder, request, variables));
            assertThat(error).hasMessageContaining(fault.said()).hasMessageNotContainingAny("evil", "Evil");
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            assertThat(logs.betrays(trace.toString())).as("%s", trace).isFalse();
            assertThat(logs.betrays(error.setting())).isFalse();
            assertThat(server.conns()).isZero();
            logs.assertClean();
        }
    }

    private static ConfigurationException refusal(Door door, Fault fault, Ways ways) {
        try {
            door.put(ways, fault.value());
            try (ClaudeClient client = ways.builder().build()) {
                return Outcome.of(client.messages().create(ways.request().build()))
                        .error(ConfigurationException.class);
            }
        } catch (ConfigurationException early) {
            return early;
        }
    }
}
