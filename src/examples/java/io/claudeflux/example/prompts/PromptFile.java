package io.claudeflux.example.prompts;

import io.claudeflux.ClaudeClient;
import io.claudeflux.UsageMeter;
import io.claudeflux.catalog.Counters;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The command: {@code PromptFile prompts.txt answers.jsonl [model]}. */
public final class PromptFile {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long CLEANUP_SECONDS = 3;

    private PromptFile() {}

    /**
     * Runs a file of prompts.
     *
     * @param args the input, the output, and a model if you like
     */
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("usage: PromptFile <prompts.txt or .jsonl> <answers.jsonl> [model]");
            return;
        }
        String model = args.length > 2 ? args[2] : "claude-sonnet-5-5";
        if (System.getenv("ANTHROPIC_API_KEY") != null) {
            run(Path.of(args[0]), Path.of(args[1]), model, UnaryOperator.identity());
            return;
        }
        System.err.println("No ANTHROPIC_API_KEY: the answers are simulated");
        try (ClaudeSimulator simulator = ClaudeSimulator.builder()
                .pace(Duration.ofMillis(20))
                .keepRequests(1)
                .respondWith(PromptFile::simulated)
                .start()) {
            run(
                    Path.of(args[0]),
                    Path.of(args[1]),
                    model,
                    claude -> claude.apiKey("sk-simulated").baseUrl(simulator.baseUrl()));
        }
    }

    private static void run(Path prompts, Path answers, String model, UnaryOperator<ClaudeClient.Builder> where) {
        UsageMeter usage = new UsageMeter();
        Sinks.Empty<Void> interrupt = Sinks.empty();
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(interrupt, done)));
        try (ClaudeClient claude = where.apply(ClaudeClient.builder())
                .maxConcurrentRequests(PromptRun.AT_ONCE)
                .retry(RetryPolicy.defaults().withMaxRetries(5)) // nobody waits for a single answer
                .timeouts(Timeouts.defaults().withQueue(PATIENCE).withTotal(PATIENCE))
                .listener(usage)
                .build()) {
            PromptRun run = new PromptRun(claude, model);
            // The main thread has nothing else to do, and may block.
            Mono.firstWithSignal(run.run(Prompt.read(prompts), answers), progress(run))
                    .takeUntilOther(interrupt.asMono())
                    .block();
            Counters tokens = usage.totals().total();
            System.err.printf(
                    "\r%s; %,d tokens in, %,d out%n", run.progress(), tokens.totalInputTokens(), tokens.outputTokens());
        } finally {
            done.countDown();
        }
    }

    /** Ctrl-C cancels what is under way, which closes the output; the JVM waits for that, and for the last line. */
    private static void end(Sinks.Empty<Void> interrupt, CountDownLatch done) {
        interrupt.tryEmitEmpty();
        try {
            // Whether it was in time makes no difference: the process ends now.
            var unused = done.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never ends by itself. */
    private static Mono<Void> progress(PromptRun run) {
        return Flux.interval(BETWEEN_LINES)
                .onBackpressureDrop()
                .doOnNext(tick -> System.err.print("\r" + run.progress()))
                .then(Mono.never());
    }

    /** Some are slow, one in ten meets an overload first, and one in a hundred is refused. */
    private static Reply simulated(SimulatedRequest request) {
        int dice = Math.floorMod(request.prompt().hashCode(), 100);
        if (dice == 0) {
            return Reply.error(400, "the simulated model does not like this one");
        }
        boolean isFirst = request.header("x-stainless-retry-count").orElse("0").equals("0");
        if (dice < 10 && isFirst) {
            return Reply.error(529);
        }
        return Reply.reply("This is what a simulated model says to your prompt; a real one would know more about it.")
                .initialDelay(Duration.ofMillis(200 + 10L * dice));
    }
}
