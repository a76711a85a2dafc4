package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulateTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CapturedShell captured = new CapturedShell();

    @Test
    void itSaysWhereItListensAnswersAndLogsWithoutThePrompt() throws Exception {
        CompletableFuture<Integer> exitCode = captured.start("simulate", "--port", "0", "--pace", "0");
        Await.untilOrFail("the introduction", LIMIT, () -> captured.out().contains("ANTHROPIC_API_KEY=test"));
        String baseUrl = captured.outLines().get(1).replaceAll("ANTHROPIC_BASE_URL=(\\S+) .*", "$1");

        ask(baseUrl);
        Await.untilOrFail(
                "the log",
                LIMIT,
                () -> captured.outLines().size() == 3 && captured.out().endsWith("s" + System.lineSeparator()));
        captured.interrupt();

        assertThat(exitCode.get(5, TimeUnit.SECONDS)).isEqualTo(130);
        List<String> lines = captured.outLines();
        assertThat(lines.get(0)).contains(baseUrl);
        assertThat(lines.get(2)).matches("\\d\\d:\\d\\d:\\d\\d POST /v1/messages 200 \\d+\\.\\d\\ds");
        assertThat(captured.out()).doesNotContain("marmalade").doesNotContain("key-secret");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCodeOne() throws Exception {
        try (ClaudeSimulator other = ClaudeSimulator.start()) {
            assertThat(captured.run("simulate", "--port", Integer.toString(other.port())))
                    .isEqualTo(1);

            assertThat(captured.errLines())
                    .containsExactly("claude-flux: cannot listen on port " + other.port() + "; is it taken?");
            assertThat(captured.out()).isEmpty();
        }
    }

    @Test
    void aProcessThatWasStartedByAnotherEndsWithItsInput() throws Exception {
        PipedOutputStream parent = new PipedOutputStream();
        CompletableFuture<Integer> exitCode =
                captured.with(new PipedInputStream(parent)).start("simulate", "--port=0", "--recite");
        Await.untilOrFail("the introduction", LIMIT, () -> captured.out().contains("ANTHROPIC_API_KEY=test"));

        parent.close();

        assertThat(exitCode.get(5, TimeUnit.SECONDS)).isEqualTo(130);
    }

    private static void ask(String baseUrl) {
        MessageRequest request = MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(64)
                .user("marmalade")
                .build();
        try (ClaudeClient claude =
                ClaudeClient.builder().apiKey("key-secret").baseUrl(baseUrl).build()) {
            Message answer =
                    Objects.requireNonNull(claude.messages().create(request).block(LIMIT));
            assertThat(answer.content()).isNotEmpty();
        }
    }
}
