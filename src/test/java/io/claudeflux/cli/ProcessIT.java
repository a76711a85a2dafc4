package io.claudeflux.cli;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Canary;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The command line as a process of its own. */
class ProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Test
    void theProcessEndsOnceTheSummaryIsOut() throws Exception {
        Process demo = Processes.start(Map.of(), "demo", "--streams", "12");

        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            String summary = "";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                summary = line;
                if (line.startsWith("streams=")) {
                    break;
                }
            }
            assertThat(summary).startsWith("streams=12 completed=11 failed=1 ");
            assertThat(demo.waitFor(4, TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isZero();
            assertThat(demo.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void standardOutputIsTheAnswerAloneInUtf8EvenWithoutALocale() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            api.enqueue(reply("naïve 俳句 🌊"));

            Process ask = Processes.start(environment(api), "ask", "Hi");
            String text = new String(ask.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(ask.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(text).isEqualTo("naïve 俳句 🌊" + System.lineSeparator());
            assertThat(ask.errorReader().lines()).isEmpty();
        }
    }

    @Test
    void beingEndedCancelsTheRequestAndKeepsTheText() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            api.enqueue(reply("one two three").stallAfterEvents(4));
            Process ask = Processes.start(environment(api), "ask", "Hi");
            try (InputStream out = ask.getInputStream()) {
                String first = new String(out.readNBytes(7), StandardCharsets.UTF_8);

                ask.toHandle().destroy();

                assertThat(first).isEqualTo("one two");
                assertThat(ask.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(System.lineSeparator());
            } finally {
                ask.destroyForcibly();
            }
            assertThat(ask.exitValue()).isEqualTo(143);
            assertThat(api.requests().get(0).outcome().block(LIMIT)).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void aReaderThatLeavesEndsTheProcess() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            api.enqueue(reply("word ".repeat(2_000)).drip(Duration.ofMillis(5)));
            Process ask = Processes.start(environment(api), "ask", "Hi");
            try (InputStream out = ask.getInputStream()) {
                assertThat(out.readNBytes(4)).hasSize(4);
            }

            assertThat(Await.until(LIMIT, () -> !ask.isAlive())).isTrue();
            assertThat(ask.exitValue()).isEqualTo(141);
            assertThat(ask.errorReader().lines()).isEmpty();
        }
    }

    @Test
    void neitherOutputOfACallThatFailsTellsTheKeyOrThePrompt() throws Exception {
        try (ClaudeSimulator api = ClaudeSimulator.start()) {
            api.enqueue(Reply.error(401, "invalid x-api-key"));

            Process ask = Processes.start(environment(api), "ask", Canary.PROMPT);
            String out = new String(ask.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(ask.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(ask.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(err).contains("invalid x-api-key");
            assertThat(Canary.needles().isIn(out + err)).as(out + err).isFalse();
        }
    }

    private static Map<String, String> environment(ClaudeSimulator api) {
        return Map.of("ANTHROPIC_API_KEY", Canary.KEY, "ANTHROPIC_BASE_URL", api.baseUrl());
    }
}
