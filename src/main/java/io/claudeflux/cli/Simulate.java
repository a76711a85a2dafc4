package io.claudeflux.cli;

import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.SimulatedRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.scheduler.Scheduler;

/** The simulator alone, for clients in other processes. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Runs the simulated API on a port of this machine until Ctrl-C, and logs a line for each request.")
final class Simulate implements Callable<Integer> {
    private final Shell shell;
    private final Recital recital = new Recital();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "<port>",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}.")
    int port = 8080;

    @Option(names = "--pace", paramLabel = "<ms>", description = "Wait before each delta. Default: ${DEFAULT-VALUE}.")
    int paceMillis = 30;

    @Option(
            names = "--recite",
            hidden = true,
            description = "For load: answers go on until a line comes on standard input, and the end of it ends this.")
    boolean recite;

    Simulate(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            return shell.fail(Main.USAGE, "--port must be from 0 to 65535 but was " + port);
        }
        if (paceMillis < 0) {
            return shell.fail(Main.USAGE, "--pace must be at least 0 but was " + paceMillis);
        }
        Scheduler printer = Shell.printer();
        try (ClaudeSimulator simulator = simulator(printer).start()) {
            shell.out().println("Simulated Claude API on " + simulator.baseUrl() + " (Ctrl-C ends it)");
            shell.out().println("ANTHROPIC_BASE_URL=" + simulator.baseUrl() + " ANTHROPIC_API_KEY=test");
            shell.out().flush();
            if (recite) {
                listen();
            }
            shell.interrupt().signal().block();
            if (shell.terminal().isScreen()) {
                // The terminal has written ^C where the next line begins.
                shell.out().println();
            }
            return Interrupt.EXIT_CODE;
        } catch (UncheckedIOException taken) {
            return shell.fail(Main.FAILED, "cannot listen on port " + port + "; is it taken?");
        } finally {
            printer.dispose();
        }
    }

    private ClaudeSimulator.Builder simulator(Scheduler printer) {
        ClaudeSimulator.Builder builder = ClaudeSimulator.builder().port(port).pace(Duration.ofMillis(paceMillis));
        return recite
                ? builder.keepRequests(1).respondWith(recital)
                : builder.onAnswered(request -> printer.schedule(() -> log(request)));
    }

    /** Whoever started this process holds the other end of its standard input, which cannot outlive them. */
    private void listen() {
        Thread listener = new Thread(this::followInput, "claude-flux-listener");
        listener.setDaemon(true);
        listener.start();
    }

    private void followInput() {
        try {
            new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> recital.end());
        } finally {
            shell.interrupt().raise();
        }
    }

    /** Neither key nor prompt is part of it. */
    private void log(SimulatedRequest request) {
        String status =
                request.status().isPresent() ? Integer.toString(request.status().getAsInt()) : "-";
        Duration time = Duration.between(request.receivedAt(), Instant.now());
        shell.out()
                .printf(
                        Locale.ROOT,
                        "%tT %s %s %s%s %.2fs%n",
                        LocalTime.now(ZoneId.systemDefault()),
                        request.method(),
                        Columns.line(request.path()),
                        status,
                        request.isCancelled() ? " cancelled" : "",
                        time.toMillis() / 1000.0);
        shell.out().flush();
    }
}
