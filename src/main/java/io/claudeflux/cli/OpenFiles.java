package io.claudeflux.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How many files and sockets a process may have open, which is what limits connections first. */
final class OpenFiles {
    /** For jars, selectors, pipes and what the system takes. */
    private static final int OTHERS = 150;

    private OpenFiles() {}

    /** Why there cannot be so many connections; null if there can, or if the system does not tell. */
    static @Nullable String complaint(int connections) {
        return complaint(connections, limit());
    }

    /** What to make of the answer of {@code ulimit -n}, which may be {@code unlimited}. */
    static @Nullable String complaint(int connections, String limit) {
        int needed = connections + OTHERS;
        return !limit.matches("\\d{1,9}") || Integer.parseInt(limit) >= needed
                ? null
                : connections + " connections need " + needed + " open files in each of two processes, but only "
                        + limit + " are allowed (ulimit -n); allow more, or ask for fewer --streams or --permits";
    }

    /** A child has the limit of this process, which the JVM has raised as far as it may. */
    private static String limit() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", "ulimit -n").start();
            shell.getOutputStream().close();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException noShell) {
            return "";
        }
    }
}
