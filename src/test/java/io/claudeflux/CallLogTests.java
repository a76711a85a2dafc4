package io.claudeflux;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.schema.StructuredOutput;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log says of a call: one line at its end, and one for each retry. */
@Timeout(60)
class CallLogTests {
    private static final String LOGGER = " io.claudeflux.ClaudeClient ";
    private static final Script GOOD = reply(h200(), chunk(good(Canary.ANSWER)), end());
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy with " + Canary.PROMPT)));
    private static final Script CUT = reply(h200(), chunk(ms() + bs(0) + d(0, Canary.ANSWER)), fin());
    private static final Script SILENT = reply(h200(), chunk(ms() + bs(0) + d(0, Canary.ANSWER)), hang());
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(64)
            .user(Canary.PROMPT)
            .build();

    @Test
    void completeCallIsOneLineAtDebug() {
        assertThat(lines(claude -> Outcome.of(claude.messages().stream(REQUEST)), GOOD))
                .singleElement()
                .asString()
                .matches("DEBUG" + LOGGER + "call outcome=completed endpoint=POST_/v1/messages model=claude-sonnet-5-5"
                        + "( request_id=\\S+)? attempts=1 events=6 elapsed_ms=\\d+ waited_ms=\\d+ input_tokens=10"
                        + " output_tokens=5");
    }

    @Test
    void failureIsOneWarningWithoutTheServersWords() {
        assertThat(lines(claude -> Outcome.of(claude.messages().create(REQUEST)), BUSY))
                .singleElement()
                .asString()
                .matches("WARN" + LOGGER + "call outcome=failed error=overloaded_error status=529"
                        + " not_retried=exhausted endpoint=POST_/v1/messages model=claude-sonnet-5-5 request_id=req_t"
                        + " attempts=1 events=0 elapsed_ms=\\d+ waited_ms=\\d+");
    }

    @Test
    void cutIsAWarningWithWhatWasConsumed() {
        assertThat(lines(claude -> Outcome.of(claude.messages().stream(REQUEST)), CUT))
                .singleElement()
                .asString()
                .startsWith("WARN" + LOGGER + "call outcome=failed error=stream_incomplete not_retried=delivered")
                .contains(" events=3 ", " input_tokens=10 ");
    }

    @Test
    void clockIsNamed() {
        assertThat(lines(
                        b -> b.timeouts(Timeouts.defaults().withIdle(Duration.ofMillis(100))),
                        claude -> Outcome.of(claude.messages().stream(REQUEST)),
                        SILENT))
                .singleElement()
                .asString()
                .startsWith("WARN" + LOGGER + "call outcome=failed error=clock_idle not_retried=delivered");
    }

    @Test
    void cancelIsNoWarning() {
        assertThat(lines(claude -> Outcome.of(claude.messages().stream(REQUEST).take(3)), SILENT))
                .singleElement()
                .asString()
                .startsWith("DEBUG" + LOGGER + "call outcome=cancelled endpoint=")
                .contains(" events=3 ");
    }

    @Test
    void retryIsALineAtDebug() {
        List<String> lines = lines(
                b -> b.retry(RetryPolicy.defaults().withThrottlingBackoff(Duration.ofMillis(1), Duration.ofMillis(2))),
                claude -> Outcome.of(claude.messages().stream(REQUEST)),
                BUSY,
                GOOD);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches("DEBUG" + LOGGER + "retry attempt=1 model=claude-sonnet-5-5 error=overloaded_error status=529"
                        + " request_id=req_t delay_ms=\\d+ next_model=claude-sonnet-5-5");
        assertThat(lines.get(1))
                .startsWith("DEBUG" + LOGGER + "call outcome=completed")
                .contains(" attempts=2 ");
    }

    @Test
    void whatWasNotSentIsAWarningToo() {
        MessageRequest impossible = MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(-1)
                .user(Canary.PROMPT)
                .build();
        assertThat(lines(claude -> Outcome.of(claude.messages().stream(impossible)), GOOD))
                .singleElement()
                .asString()
                .startsWith("WARN" + LOGGER + "call outcome=failed error=preflight endpoint=")
                .contains(" attempts=0 ");
    }

    @Test
    void errorOfTheApplicationIsAWarningLikeOthers() {
        Script named = reply(h200(), chunk(good("{\"name\":\"" + Canary.ANSWER + "\"}")), end());
        assertThat(lines(
                        claude -> Outcome.of(claude.messages().create(REQUEST, StructuredOutput.of(Refusing.class))),
                        named))
                .singleElement()
                .asString()
                .startsWith("WARN" + LOGGER + "call outcome=failed error=other endpoint=");
    }

    record Refusing(String name) {
        Refusing {
            throw new AssertionError("not " + name);
        }
    }

    @Test
    void namesCannotForgeALine() {
        MessageRequest forged = REQUEST.toBuilder()
                .model("claude-x\nWARN it is all lost " + "x".repeat(200))
                .build();
        assertThat(lines(
                        b -> b.preflight(false),
                        claude -> Outcome.of(claude.messages().countTokens(forged)),
                        reply(json(200, "{\"input_tokens\":7}"))))
                .singleElement()
                .asString()
                .contains(" model=claude-x_WARN_it_is_all_lost_xxx")
                .hasLineCount(1)
                .hasSizeLessThan(300);
    }

    private static List<String> lines(Consumer<ClaudeClient> calls, Script... scripts) {
        return lines(b -> b.retry(RetryPolicy.none()), calls, scripts);
    }

    private static List<String> lines(
            UnaryOperator<ClaudeClient.Builder> settings, Consumer<ClaudeClient> calls, Script... scripts) {
        try (LogCapture logs = LogCapture.start(Canary.KEY, Canary.PROMPT, Canary.ANSWER);
                ScriptedServer server = ScriptedServer.start(scripts);
                ClaudeClient claude = settings.apply(
                                ClaudeClient.builder().apiKey(Canary.KEY).baseUrl(server.baseUrl()))
                        .build()) {
            calls.accept(claude);
            logs.assertClean();
            return logs.newest().stream()
                    .filter(line -> line.contains(LOGGER + "call ") || line.contains(LOGGER + "retry "))
                    .toList();
        }
    }
}
