package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The command inside of this JVM; its simulator is a process of its own all the same. */
class LoadTests {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final CapturedShell captured = new CapturedShell();

    @Test
    void allStreamsAreOpenAtOnceAndOneThatIsNotReadChangesNothing() throws Exception {
        int exitCode = captured.run(
                "load", "--streams=20", "--rate=200", "--events-per-second=20", "--duration=1", "--stop-one");

        List<String> lines = captured.outLines();
        assertThat(captured.err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(lines.get(0)).isEqualTo("The simulator runs in a process of its own; this JVM is the client alone.");
        assertThat(lines.get(1)).isEqualTo("20 streams, 200 started a second, 20 event/s each, all together for 1 s:");
        assertThat(lines.get(2)).isEqualTo("One consumer stops asking in the middle of an answer sent at full speed.");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("streams=20 open-at-once=20 completed=19 failed=0 cancelled=1 events=")
                .contains(" permits-in-use=0/20 queued=0 ");
        assertThat(lines).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void moreStreamsThanPermitsWaitTheirTurn() throws Exception {
        int exitCode = captured.run("load", "--streams=30", "--permits=10", "--events-per-second=20", "--duration=1");

        assertThat(captured.err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(captured.outLines().get(1)).endsWith(", 10 together for 1 s:");
        assertThat(captured.out()).contains("streams=30 open-at-once=10 completed=30 failed=0 cancelled=0 ");
    }

    @Test
    void ctrlCEndsItAtOnceAndTakesTheSimulatorAlong() throws Exception {
        CompletableFuture<Integer> exitCode = captured.start("load", "--streams=10", "--duration=60");
        Await.untilOrFail("all streams", LIMIT, () -> captured.out().contains(" 10 open"));
        List<ProcessHandle> children = ProcessHandle.current().children().toList();

        captured.interrupt();

        assertThat(exitCode.get(5, TimeUnit.SECONDS)).isEqualTo(Interrupt.EXIT_CODE);
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(captured.out()).doesNotContain("streams=");
    }
}
