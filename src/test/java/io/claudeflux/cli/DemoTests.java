package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoTests {
    @Test
    void withoutArgumentsDozensOfStreamsRunAndEndAsScripted() throws Exception {
        CapturedShell captured = new CapturedShell();

        int exitCode = captured.run();

        List<String> lines = captured.outLines();
        assertThat(exitCode).isZero();
        assertThat(lines).hasSize(2 + 48 + 1).noneMatch(line -> line.contains("\u001b"));
        assertThat(lines.get(0)).isEqualTo("No API key found: this is the simulator inside this JVM.");
        assertThat(lines.get(1))
                .isEqualTo("48 prompts at once (after one to warm up), 11 scripted to be healed, 4 to fail:");
        assertThat(lines)
                .filteredOn(line -> line.contains(" completed ") && line.contains(" attempts) "))
                .hasSize(11);
        assertThat(lines)
                .filteredOn(line -> line.contains("FAILED") && line.contains(" attempts) "))
                .singleElement()
                .asString()
                .endsWith("(3 attempts) overloaded_error (HTTP 529): Overloaded");
        assertThat(lines.get(50))
                .matches(
                        "streams=48 completed=44 failed=4 attempts=64 retried=12 events=\\d{4} first-token-p50=\\d+ms elapsed=\\d+\\.\\ds");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void aKeyIsNeitherUsedNorShown() throws Exception {
        CapturedShell captured = new CapturedShell().with("ANTHROPIC_API_KEY", "sk-ant-secret");

        int exitCode = captured.run("demo", "--streams", "1");

        assertThat(exitCode).isZero();
        assertThat(captured.outLines().get(0))
                .isEqualTo("Your API key is not used: this is the simulator inside this JVM.");
        assertThat(captured.out() + captured.err()).doesNotContain("secret");
    }

    @Test
    void ctrlCEndsItAtOnceAndLeavesTheTerminalInOrder() throws Exception {
        CapturedShell captured = new CapturedShell().with(new Terminal(true, true, 100, 20));
        CompletableFuture<Integer> exitCode = captured.start("demo");
        Await.untilOrFail(
                "a first event", Duration.ofSeconds(30), () -> captured.out().contains(" ev "));

        captured.interrupt();

        assertThat(exitCode.get(5, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(captured.out()).endsWith("\u001b[?7h\u001b[?25h").doesNotContain("streams=");
    }
}
