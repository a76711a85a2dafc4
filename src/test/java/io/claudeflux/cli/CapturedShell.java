package io.claudeflux.cli;

import io.claudeflux.IsolatedClients;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A shell whose output is kept, and whose environment, terminal and Ctrl-C are the test's. */
final class CapturedShell {
    private static final Duration LONGEST = Duration.ofSeconds(50);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final Interrupt interrupt = new Interrupt();
    private Terminal terminal = Terminal.NONE;
    private InputStream in = InputStream.nullInputStream();

    CapturedShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CapturedShell with(Terminal newTerminal) {
        terminal = newTerminal;
        return this;
    }

    CapturedShell with(InputStream newIn) {
        in = newIn;
        return this;
    }

    Shell shell() {
        return new Shell(
                in,
                new PrintWriter(out),
                new PrintWriter(err),
                environment::get,
                () -> IsolatedClients.builder(environment),
                terminal,
                interrupt);
    }

    int run(String... args) throws Exception {
        return start(args).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /** Runs a command that ends when it is interrupted. */
    CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(() -> Main.run(shell(), args));
    }

    void interrupt() {
        interrupt.raise();
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    List<String> errLines() {
        return err().lines().toList();
    }
}
