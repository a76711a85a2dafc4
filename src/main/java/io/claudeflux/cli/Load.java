package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Thousands of streams at once, and what they cost this JVM; the simulator has one of its own. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Opens thousands of streams at once, live, and measures what they cost: threads, heap, time to the first event."
                    + " The simulator runs in a second process, so that the numbers are those of the client alone."
                    + " Never asks the real API.",
            "",
            "Streams are started at --rate; all of them stay open together for --duration, then they are ended. None is"
                    + " tried again: what fails, fails. The last line is for programs; the exit code is 0 if every stream"
                    + " completed, all were open at once, and every permit came back.",
            ""
        })
final class Load implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration PERMITS_BACK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Shell shell;

    @Option(
            names = {"-n", "--streams"},
            paramLabel = "<n>",
            description = "How many in all. Default: ${DEFAULT-VALUE}.")
    int streams = 5_000;

    @Option(names = "--rate", paramLabel = "<n>", description = "Streams started a second. Default: ${DEFAULT-VALUE}.")
    int rate = 700;

    @Option(
            names = "--permits",
            paramLabel = "<n>",
            description = "Streams under way at once; the others wait in the client's queue. Default: all.")
    @Nullable Integer permits;

    @Option(
            names = "--events-per-second",
            paramLabel = "<n>",
            description = "Events of one stream a second, from 0.1. Default: ${DEFAULT-VALUE}.")
    double eventsPerSecond = 1;

    @Option(
            names = "--duration",
            paramLabel = "<s>",
            description = "Seconds that all streams are open together. Default: ${DEFAULT-VALUE}.")
    int seconds = 5;

    @Option(
            names = "--stop-one",
            description =
                    "One consumer stops asking in the middle of an answer that is sent at full speed; the others do"
                            + " not notice. Its stream is cancelled at the end.")
    boolean stopOne;

    Load(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        LoadPlan plan =
                new LoadPlan(streams, rate, permits == null ? streams : permits, eventsPerSecond, seconds, stopOne);
        String wrong = plan.complaint();
        if (wrong != null) {
            return shell.fail(Main.USAGE, wrong);
        }
        String tooMany = OpenFiles.complaint(plan.concurrent());
        if (tooMany != null) {
            return shell.fail(Main.FAILED, tooMany);
        }
        introduce(plan);
        try (SimulatorProcess simulator = SimulatorProcess.start(plan.simulator());
                ClaudeClient claude = client(plan, simulator)) {
            return run(plan, claude, simulator);
        } catch (IOException failed) {
            return shell.fail(Main.FAILED, "the simulator's process did not start: " + failed.getMessage());
        }
    }

    private static ClaudeClient client(LoadPlan plan, SimulatorProcess simulator) {
        return ClaudeClient.builder()
                .apiKey("load")
                .baseUrl(simulator.baseUrl())
                .maxConcurrentRequests(plan.permits())
                .maxQueuedRequests(plan.streams())
                .timeouts(Timeouts.defaults().withQueue(PATIENCE))
                .retry(RetryPolicy.defaults().withMaxRetries(0))
                .build();
    }

    private void introduce(LoadPlan plan) {
        shell.say(Paint.TITLE, "The simulator runs in a process of its own; this JVM is the client alone.");
        shell.say(
                Paint.QUIET,
                String.format(
                        Locale.ROOT,
                        "%,d streams, %,d started a second, %s event/s each, %s together for %d s:",
                        plan.streams(),
                        plan.rate(),
                        String.valueOf(plan.eventsPerSecond()).replaceFirst("\\.0$", ""),
                        plan.concurrent() < plan.streams()
                                ? String.format(Locale.ROOT, "%,d", plan.concurrent())
                                : "all",
                        plan.seconds()));
        if (plan.hasStopped()) {
            shell.say(Paint.QUIET, "One consumer stops asking in the middle of an answer sent at full speed.");
        }
        shell.out().flush();
    }

    private int run(LoadPlan plan, ClaudeClient claude, SimulatorProcess simulator) {
        LoadRun.warmUp(plan, claude)
                .takeUntilOther(shell.interrupt().signal())
                .onErrorComplete()
                .take(plan.longest())
                .block();
        LoadRun run = new LoadRun(plan, claude, simulator::endAnswers);
        LoadDisplay display = new LoadDisplay(shell);
        follow(run, display, plan.longest());
        run.cancelStopped();
        return conclude(run, ending(run), display);
    }

    /**
     * Started, measured and drawn on this thread: others would count, and be in the way of the client's timers. It
     * waits for a latch, since the lock of an iterator over ticks would now and then hold up the thread that ticks.
     */
    private void follow(LoadRun run, LoadDisplay display, Duration longest) {
        CountDownLatch over = new CountDownLatch(1);
        Disposable watch = Mono.firstWithSignal(
                        run.allEnded(), shell.interrupt().signal())
                .doFinally(end -> over.countDown())
                .subscribe();
        long began = System.nanoTime();
        long shown = began - FRAME.toNanos();
        try {
            do {
                run.startDue();
                if (System.nanoTime() - shown >= FRAME.toNanos()) {
                    shown = System.nanoTime();
                    display.show(run.state());
                }
            } while (!shell.out().checkError()
                    && System.nanoTime() - began < longest.toNanos()
                    && !over.await(STEP.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            watch.dispose();
        }
    }

    /** How it ended. A permit comes back with its connection, which may be a moment behind the end of its stream. */
    private LoadState ending(LoadRun run) {
        LoadState state = run.state();
        if (state.isAtRest() || isAbandoned()) {
            return state;
        }
        return Objects.requireNonNull(Flux.interval(Duration.ZERO, FRAME)
                .map(tick -> run.state())
                .takeUntil(LoadState::isAtRest)
                .take(PERMITS_BACK)
                .blockLast());
    }

    /** Whether nobody wants to know any more how it ends. */
    private boolean isAbandoned() {
        return shell.interrupt().isRaised() || shell.out().checkError();
    }

    private int conclude(LoadRun run, LoadState state, LoadDisplay display) {
        display.close(state);
        if (shell.interrupt().isRaised()) {
            return Interrupt.EXIT_CODE;
        }
        if (shell.out().checkError()) {
            return Main.CLOSED_PIPE;
        }
        Map<String, Integer> complaints = run.complaints();
        complaints.forEach((complaint, times) -> shell.fail(Main.FAILED, times + " failed: " + complaint));
        List<String> shortcomings = state.shortcomings();
        shortcomings.forEach(shortcoming -> shell.fail(Main.FAILED, shortcoming));
        shell.out().println(state.line());
        shell.out().flush();
        return complaints.isEmpty() && shortcomings.isEmpty() ? Main.OK : Main.FAILED;
    }
}
