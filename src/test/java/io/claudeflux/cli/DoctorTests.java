package io.claudeflux.cli;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.fixture.SelfSigned;
import io.claudeflux.fixture.TunnelProxy;
import io.claudeflux.simulator.ClaudeSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that can stand between a person and an answer is found, with what it means and what to do. */
@Timeout(60)
class DoctorTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    private final CapturedShell captured = new CapturedShell();

    @AfterEach
    void neitherKeyNorEscapesArePrinted() {
        assertThat(captured.out() + captured.err()).doesNotContain("TESTKEY").doesNotContain("\u001b");
    }

    @Test
    void aHealthySetupIsSaidToWork() throws Exception {
        assertThat(captured.run("doctor", "--simulate")).isZero();

        assertThat(captured.outLines())
                .extracting(DoctorTests::beginning)
                .containsExactly(
                        "-- versions",
                        "ok key",
                        "ok address",
                        "-- proxy",
                        "ok dns",
                        "ok tcp",
                        "-- tls",
                        "ok clock",
                        "ok request",
                        "",
                        "Everything works.");
        assertThat(captured.out()).containsPattern("claude-haiku-4-5 answered in \\d+ ms, .* request-id req_");
    }

    @Test
    void itIsTheRealSetupThatIsExamined() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", api.baseUrl());
            assertThat(captured.run("doctor", "--model", "claude-opus-5-5")).isZero();

            assertThat(line("key")).isEqualTo("ok   key      ANTHROPIC_API_KEY: 31 characters, begins with sk-ant-");
            assertThat(api.requests()).hasSize(1);
            assertThat(api.requests().get(0).body().get("max_tokens").map(Object::toString))
                    .isPresent();
            assertThat(line("request")).contains("claude-opus-5-5 answered");
        }
    }

    @Test
    void aMissingKeyIsNamedAndTheWayLookedAtAllTheSame() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            captured.with("ANTHROPIC_BASE_URL", api.baseUrl());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

            assertThat(line("key"))
                    .startsWith("FAIL key      neither ANTHROPIC_API_KEY nor ANTHROPIC_AUTH_TOKEN is set");
            assertThat(captured.out()).contains("Create a key at https://");
            assertThat(line("tcp")).startsWith("ok");
            assertThat(line("request")).contains("not sent, since there is no key");
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void aMalformedKeyIsFoundBeforeAnythingIsSent() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            captured.with("ANTHROPIC_API_KEY", KEY + "\n").with("ANTHROPIC_BASE_URL", api.baseUrl());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

            assertThat(line("key")).contains("white space").contains("index 31");
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void aTokenBesideAKeyIsMentioned() throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY)
                .with("ANTHROPIC_AUTH_TOKEN", "token-1")
                .with("ANTHROPIC_BASE_URL", "http://127.0.0.1:1");
        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(line("key")).startsWith("warn");
        assertThat(captured.out()).contains("ANTHROPIC_AUTH_TOKEN is set too and not used");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, ANTHROPIC_BASE_URL: baseUrl would send the key in clear text",
        "example.com, ANTHROPIC_BASE_URL: baseUrl must begin with https://"
    })
    void anAddressThatCannotBeIsTheEnd(String url, String complaint) throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", url);
        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(captured.out()).contains(complaint).doesNotContain("dns");
    }

    @Test
    void aNameThatDoesNotExistIsFound() throws Exception {
        captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "https://api.invalid");
        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(line("dns")).startsWith("FAIL");
        assertThat(captured.out()).contains("api.invalid").contains("1 thing fails.");
    }

    @Test
    void aPortThatRefusesIsFound() throws Exception {
        ScriptedServer gone = ScriptedServer.start(reply(hang()));
        gone.close();
        captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", gone.baseUrl());
        assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

        assertThat(line("tcp")).contains("no connection to 127.0.0.1:" + gone.port() + ": refused");
    }

    @Test
    void aCertificateThatNobodyTrustsIsFound(@TempDir Path folder) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(SelfSigned.sockets(folder), reply(hang()))) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "https://127.0.0.1:" + server.port());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

            assertThat(line("tls")).startsWith("FAIL tls      no TLS with 127.0.0.1");
            assertThat(captured.out()).contains("keytool -importcert -cacerts").doesNotContain("ok   request");
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    void aPortThatSpeaksNoTlsIsFound() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(reply(hang()))) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "https://127.0.0.1:" + server.port());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);
            assertThat(line("tls")).startsWith("FAIL");
        }
    }

    static Stream<Arguments> answers() {
        String html = "<html>\u001b[2JSign in</html>";
        return Stream.of(
                Arguments.of(api(401, "authentication_error"), "well-formed and not accepted"),
                Arguments.of(api(403, "permission_error"), "may not do this"),
                Arguments.of(api(402, "billing_error"), "cannot pay"),
                Arguments.of(api(404, "not_found_error"), "check --model"),
                Arguments.of(api(429, "rate_limit_error"), "its limits are used up"),
                Arguments.of(api(529, "overloaded_error"), "overloaded: try again in a minute"),
                Arguments.of(api(500, "api_error"), "broken for now"),
                Arguments.of(api(400, "invalid_request_error"), "does not like the request"),
                Arguments.of(reply(response(200, "text/html", html)), "What answers is not the API"),
                Arguments.of(reply(response(502, "text/html", html)), "broken for now"),
                Arguments.of(
                        reply(head(302, "location: https://login.example/x", "content-length: 0")),
                        "What answers is not the API"));
    }

    private static Script api(int status, String type) {
        return reply(json(status, errorJson(type, "why")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatTheServerSaysIsExplainedAndReported(Script answer, String meaning) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(answer)) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", server.baseUrl());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);

            assertThat(line("request")).startsWith("FAIL");
            assertThat(captured.out())
                    .contains(meaning)
                    .contains("For support:")
                    .contains("endpoint    POST ");
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"300, warn, behind the server's", "-300, warn, ahead of the server's", "0, ok, as the server's"})
    void aClockThatIsWrongIsFound(int seconds, String state, String words) throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
        try (ScriptedServer server =
                ScriptedServer.start(reply(json(529, errorJson("overloaded_error", "busy"), "date: " + date)))) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", server.baseUrl());
            assertThat(captured.run("doctor")).isEqualTo(Main.FAILED);
            assertThat(line("clock")).startsWith(state).contains(words);
        }
    }

    @Test
    void aProxyIsOnlyUsedWhenAskedForAndItsPasswordNeverPrinted() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start();
                TunnelProxy proxy = TunnelProxy.http(1, "HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n")) {
            captured.with("ANTHROPIC_API_KEY", KEY)
                    .with("ANTHROPIC_BASE_URL", api.baseUrl())
                    .with("HTTPS_PROXY", "http://me:TESTKEY-password@127.0.0.1:" + proxy.port());
            assertThat(captured.run("doctor")).isZero();
            assertThat(line("proxy")).contains("HTTPS_PROXY is set, and only used when asked for");
            assertThat(proxy.conns()).isZero();
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsFound() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.http(1, "HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n")) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", "https://api.invalid");
            assertThat(captured.run("doctor", "--proxy", "http://127.0.0.1:" + proxy.port()))
                    .isEqualTo(Main.FAILED);

            assertThat(line("proxy")).startsWith("ok   proxy    Proxy[HTTP 127.0.0.1:");
            assertThat(line("request")).contains("wants another user or password (407)");
        }
    }

    @Test
    void interruptEndsTheRequest() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(reply(hang()))) {
            captured.with("ANTHROPIC_API_KEY", KEY).with("ANTHROPIC_BASE_URL", server.baseUrl());
            CompletableFuture<Integer> exit = captured.start("doctor");
            server.awaitReqs(1, Duration.ofSeconds(20));
            captured.interrupt();
            assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(Interrupt.EXIT_CODE);
        }
    }

    private String line(String name) {
        Optional<String> line = captured.outLines().stream()
                .filter(each -> each.length() > 5 && each.startsWith(name, 5))
                .findFirst();
        return line.orElse("no line about " + name + " in " + captured.out());
    }

    private static String beginning(String line) {
        return line.startsWith("Everything") ? line : line.replaceAll("^(\\S+)\\s+(\\S+).*", "$1 $2");
    }
}
