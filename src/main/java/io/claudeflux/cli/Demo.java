package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.simulator.ClaudeSimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Many streams at once, through the real client, against a simulator in the same JVM. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Streams many prompts at once, live; what runs without arguments. Never asks the real API.")
final class Demo implements Callable<Integer> {
    static final int DEFAULT_STREAMS = 48;

    /**
     * Short waits, and no budget: the script lets a quarter of the calls fail at the same moment, which a budget would
     * rightly take for an outage.
     */
    static final RetryPolicy RETRY = RetryPolicy.defaults()
            .withBackoff(Duration.ofMillis(100), Duration.ofMillis(400))
            .withoutBudget();

    private static final Duration FRAME = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_STREAMS = 5_000;

    private final Shell shell;

    @Option(
            names = {"-n", "--streams"},
            paramLabel = "<n>",
            description = "How many, from 1 to " + MOST_STREAMS + ". Default: ${DEFAULT-VALUE}.")
    int streams = DEFAULT_STREAMS;

    Demo(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (streams < 1 || streams > MOST_STREAMS) {
            return shell.fail(Main.USAGE, "--streams must be from 1 to " + MOST_STREAMS + " but was " + streams);
        }
        DemoScript script = DemoScript.of(streams);
        Scheduler printer = Shell.printer();
        try (ClaudeSimulator simulator =
                        ClaudeSimulator.builder().respondWith(script::reply).start();
                ClaudeClient claude = client(simulator)) {
            introduce(script);
            warmUp(claude);
            Board board = new Board(script, System.nanoTime());
            Display display = Display.of(shell);
            try {
                progress(claude, script, printer)
                        .doOnNext(board::take)
                        .doOnNext(progress -> display.show(board, progress))
                        .takeUntil(this::isUnread)
                        .blockLast(LONGEST);
            } finally {
                display.close(board);
            }
            return conclude(script, board);
        } finally {
            printer.dispose();
        }
    }

    private ClaudeClient client(ClaudeSimulator simulator) {
        return ClaudeClient.builder()
                .apiKey("demo")
                .baseUrl(simulator.baseUrl())
                .maxConcurrentRequests(streams)
                .retry(RETRY)
                .build();
    }

    /**
     * A JVM loads classes for the better part of a second at its first request, which says nothing about the streams.
     */
    private void warmUp(ClaudeClient claude) {
        claude.messages().stream(DemoScript.warmUp())
                .takeUntilOther(shell.interrupt().signal())
                .onErrorComplete()
                .blockLast(LONGEST);
    }

    /** All streams at once; each event on the printing thread in its turn, and in between the ticks of the display. */
    private Flux<Progress> progress(ClaudeClient claude, DemoScript script, Scheduler printer) {
        return Flux.fromIterable(script.streams())
                .flatMap(stream -> new DemoCall(stream).progress(claude), streams)
                .takeUntilOther(shell.interrupt().signal())
                .publishOn(printer)
                .publish(shared -> {
                    Flux<Progress> ticks = Flux.interval(Duration.ZERO, FRAME, printer)
                            .onBackpressureDrop()
                            .map(tick -> new Progress.Tick());
                    return shared.mergeWith(ticks.takeUntilOther(shared.ignoreElements()));
                });
    }

    private void introduce(DemoScript script) {
        String key = Connection.hasCredentials(shell) ? "Your API key is not used" : "No API key found";
        shell.say(Paint.TITLE, key + ": this is the simulator inside this JVM.");
        String prompts = streams == 1 ? "1 prompt" : streams + " prompts at once";
        String fates = script.healed() + " scripted to be healed, " + script.failures() + " to fail:";
        shell.say(Paint.QUIET, prompts + " (after one to warm up), " + fates);
        shell.out().flush();
    }

    /** Whether the display has written to a pipe that is closed. */
    private boolean isUnread(Progress progress) {
        return !(progress instanceof Progress.Event) && shell.out().checkError();
    }

    private int conclude(DemoScript script, Board board) {
        if (shell.interrupt().isRaised()) {
            return Interrupt.EXIT_CODE;
        }
        if (shell.out().checkError()) {
            return Main.CLOSED_PIPE;
        }
        List<String> surprises = script.surprises(board);
        surprises.forEach(surprise -> shell.fail(Main.FAILED, surprise));
        shell.out().println(board.summary(System.nanoTime()).line());
        shell.out().flush();
        return surprises.isEmpty() ? Main.OK : Main.FAILED;
    }
}
