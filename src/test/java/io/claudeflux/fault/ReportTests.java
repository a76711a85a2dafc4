package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.FailedAttempt;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.RequestShape;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an error tells support and a colleague, and what it keeps to itself. */
@Timeout(30)
class ReportTests {
    private static final MessageRequest RICH = FaultBench.request().toBuilder()
            .maxTokens(4096)
            .message(MessageParam.assistant("Confidential-Answer"))
            .user("Confidential-Question")
            .system("Confidential-System")
            .tool(new CustomTool("confidential_tool", "Confidential-Tool", Json.of(Map.of("type", "object"))))
            .thinking(Thinking.enabled(2048))
            .toolChoice(ToolChoice.auto())
            .stopSequences(List.of("Confidential-Stop"))
            .extraBody("inference_hint", Json.of("Confidential-Extra"))
            .header("x-team", "Confidential-Header")
            .beta("some-beta-2026-01-01")
            .build();

    @Test
    void eachAttemptStandsInItWithItsOutcomeAndTheWaitBehindIt() {
        try (FaultBench bench = FaultBench.serving(
                reply(json(529, errorJson("overloaded_error", "busy"), "x-amzn-requestid: aws-1")),
                reply(rst()),
                reply(json(529, errorJson("overloaded_error", "still busy"), "x-amzn-requestid: aws-3")))) {
            ClaudeException failure = bench.stream().error(OverloadedException.class);

            assertThat(failure.history()).extracting(FailedAttempt::number).containsExactly(1, 2, 3);
            assertThat(failure.history()).extracting(FailedAttempt::requestId).containsExactly("req_t", null, "req_t");
            assertThat(failure.history().get(0).delay()).isBetween(Duration.ofMillis(10), Duration.ofMillis(40));
            assertThat(failure.history().get(2).delay()).isNull();
            assertThat(failure.report())
                    .contains("failure     OverloadedException (HTTP): overloaded_error (HTTP 529): still busy")
                    .containsPattern("time        \\d{4}-\\d\\d-\\d\\dT\\S+Z, failed after [0-9.]+ s\n")
                    .contains("endpoint    POST " + bench.server().baseUrl() + "/v1/messages\n")
                    .contains("status      529\n")
                    .contains("error type  overloaded_error\n")
                    .contains("request-id  req_t\n")
                    .contains("aws id      aws-3\n")
                    .contains("attempts    3, then EXHAUSTED")
                    .contains("delivered   nothing\n")
                    .containsPattern("attempt 1 +claude-sonnet-5-5, [0-9.]+ s: OverloadedException: .*busy"
                            + " \\[request-id req_t]; then waited 0\\.0\\d+ s\n")
                    .containsPattern("attempt 2 +claude-sonnet-5-5, [0-9.]+ s: TransportException: .*waited")
                    .containsPattern("attempt 3 +claude-sonnet-5-5, .*still busy \\[request-id req_t]\n")
                    .contains("clocks      queue 30 s, connect 10 s, first byte 180 s, idle 120 s, progress 300 s,"
                            + " total off\n")
                    .containsPattern("versions    claude-flux \\S+, Reactor Netty \\S+, Netty \\S+, Reactor \\S+,"
                            + " Java " + System.getProperty("java.version"))
                    .contains(System.getProperty("os.name"));
        }
    }

    @Test
    void theShapeOfTheRequestStandsInItAndNoneOfItsContent() {
        try (FaultBench bench = FaultBench.servingOnce(reply(json(400, errorJson("invalid_request_error", "no"))))) {
            ClaudeException failure =
                    bench.observe(bench.client().messages().stream(RICH)).error(ClaudeException.class);

            assertThat(failure.report())
                    .containsPattern("request     claude-sonnet-5-5, max_tokens 4096, \\d+ bytes\n")
                    .contains("turns       assistant 1, user 2\n")
                    .contains("blocks      text 3, system 1\n")
                    .contains("tools       custom 1\n")
                    .contains("set         extra:inference_hint, header:x-team, stop_sequences=1,"
                            + " thinking=enabled(2048), tool_choice=auto\n")
                    .contains("betas       some-beta-2026-01-01\n")
                    .doesNotContainIgnoringCase("confidential");
        }
    }

    @Test
    void whatHadArrivedIsCountedAndNotShown() {
        try (FaultBench bench =
                FaultBench.servingOnce(reply(h200(), chunk(ms() + bs(0) + d(0, "Secret-Answer")), end()))) {
            ClaudeException failure = bench.stream().error(StreamException.class);

            assertThat(failure.report())
                    .contains("delivered   3 events\n")
                    .containsPattern("arrived     text 1 of \\S+; \\d+ tokens in, \\d+ out, estimated\n")
                    .doesNotContain("Secret-Answer");
        }
    }

    @Test
    void aClockSaysWhichAttemptItEnded() {
        Timeouts timeouts = Timeouts.defaults().withTotal(Duration.ofMillis(300));
        try (FaultBench bench = FaultBench.serving(
                b -> b.timeouts(timeouts), reply(json(529, errorJson("overloaded_error", "busy"))), reply(hang()))) {
            ClaudeException failure = bench.stream().error(ClockException.class);

            assertThat(failure.history()).hasSize(2);
            assertThat(failure.report())
                    .contains("total 0.3 s\n")
                    .contains("; one may have been served")
                    .containsPattern("attempt 2 .*ClockException: the total clock passed its limit of 300 ms");
        }
    }

    @Test
    void aListenerCanReportWhatTheSubscriberDoesNotSee() {
        List<String> reports = new CopyOnWriteArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void onRetry(Retry retry) {
                reports.add(retry.failure().report());
            }
        };
        try (FaultBench bench = FaultBench.serving(
                b -> b.listener(listener), reply(json(529, errorJson("overloaded_error", "busy"))))) {
            assertThat(bench.stream().error(ClaudeException.class).attempts()).isEqualTo(3);
        }
        assertThat(reports).hasSize(2).allSatisfy(report -> assertThat(report).contains("request-id  req_t\n"));
    }

    @Test
    void textOfTheServerCannotForgeALineOfIt() {
        String forged = "no\\nattempts    0\\u001b[2J";
        try (FaultBench bench = FaultBench.servingOnce(reply(
                json(400, "{\"type\":\"error\",\"error\":{\"type\":\"a\\nb\",\"message\":\"" + forged + "\"}}")))) {
            String report = bench.stream().error(ClaudeException.class).report();

            assertThat(report.lines().filter(line -> line.startsWith("attempts")))
                    .containsExactly("attempts    1, then NOT_RETRYABLE");
            assertThat(report).doesNotContain("\u001b").contains("error type  a\\u000ab\n");
        }
    }

    @Test
    void aFailureWithoutACallReportsWhatThereIs() {
        ConfigurationException failure = new ConfigurationException("apiKey", "apiKey is wrong", null);

        assertThat(failure.history()).isEmpty();
        assertThat(failure.report())
                .startsWith("failure     ConfigurationException (CONFIG): apiKey is wrong\nattempts    0\n")
                .contains("versions    claude-flux ");
    }

    @Test
    void aHugeRequestDoesNotMakeAHugeReport() {
        MessageRequest request = RICH.toBuilder()
                .model("m".repeat(100_000))
                .header("x-" + "h".repeat(5_000), "v")
                .build();
        try (FaultBench bench = FaultBench.serving(b -> b.retry(RetryPolicy.none()), reply(json(400, "x")))) {
            ClaudeException failure =
                    bench.observe(bench.client().messages().stream(request)).error(ClaudeException.class);
            assertThat(failure.report()).hasSizeLessThan(8_000);
        }
    }

    @Test
    void aSentenceWithoutBlanksInThePlaceOfANameIsNotShownEither() {
        String said = "\u6d77\u8c61\u7684\u7259\u5f88\u957f";
        try (FaultBench bench = FaultBench.servingOnce(reply(json(400, errorJson("invalid_request_error", "no"))))) {
            MessageRequest mistaken = RICH.toBuilder().model(said).build();
            ClaudeException failure =
                    bench.observe(bench.client().messages().stream(mistaken)).error(ClaudeException.class);
            assertThat(failure.report())
                    .contains("request     a text of 6 characters")
                    .doesNotContain("\u6d77");
        }
    }

    @Test
    void whatWasSaidInThePlaceOfANameIsNotShown() {
        MessageRequest mistaken =
                RICH.toBuilder().model("Confidential tusks\npolish themselves").build();
        try (FaultBench bench = FaultBench.servingOnce(reply(json(400, errorJson("invalid_request_error", "no"))))) {
            ClaudeException failure =
                    bench.observe(bench.client().messages().stream(mistaken)).error(ClaudeException.class);

            assertThat(failure.report())
                    .contains("request     a text of 36 characters, max_tokens 4096")
                    .doesNotContainIgnoringCase("confidential");
        }
        assertThat(RequestShape.of(mistaken.toBuilder()
                                .model("a\n\u2028" + "b".repeat(9_000))
                                .build())
                        .toString())
                .startsWith("RequestShape[a??bbb")
                .hasSizeLessThan(600);
    }
}
