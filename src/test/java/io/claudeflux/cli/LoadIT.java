package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What hundreds of streams cost a JVM that does nothing else. */
class LoadIT {
    private static final long LIMIT_SECONDS = 60;

    @Test
    void fiveHundredStreamsNeedFewThreadsAndLittleHeapAndOneThatIsNotReadChangesNothing() throws Exception {
        Process load = Processes.start(Map.of(), "load", "--streams=500", "--duration=2", "--stop-one");

        Map<String, String> summary;
        try {
            summary = summary(new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(load.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
            assertThat(load.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            load.destroyForcibly();
        }

        assertThat(load.exitValue()).isZero();
        assertThat(summary)
                .containsEntry("open-at-once", "500")
                .containsEntry("completed", "499")
                .containsEntry("failed", "0")
                .containsEntry("cancelled", "1")
                .containsEntry("permits-in-use", "0/500")
                .containsEntry("queued", "0");
        assertThat(number(summary, "threads")).isBetween(1.0, 16.0);
        assertThat(number(summary, "heap-per-stream")).isBetween(1.0, 32.0);
    }

    @Test
    void theSimulatorDoesNotOutliveAProcessThatIsKilled() throws Exception {
        Process load = Processes.start(Map.of(), "load", "--streams=50", "--duration=600");
        try {
            // The line of a second in which streams are open: the simulator runs.
            assertThat(load.inputReader(StandardCharsets.UTF_8).lines().anyMatch(line -> line.contains(" open, ")))
                    .isTrue();
            ProcessHandle simulator = load.toHandle().children().findFirst().orElseThrow();

            load.destroyForcibly();

            simulator.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            load.destroyForcibly();
        }
    }

    private static Map<String, String> summary(String out) {
        String last = out.lines().reduce("", (first, second) -> second);
        return Arrays.stream(last.split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static double number(Map<String, String> summary, String key) {
        return Double.parseDouble(summary.getOrDefault(key, "-1").replaceAll("[A-Za-z]+$", ""));
    }
}
