package io.claudeflux.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What standard output leads to.
 *
 * @param isScreen whether it is a terminal whose cursor can be moved
 * @param hasColour whether colours are welcome
 * @param columns its width
 * @param rows its height
 */
record Terminal(boolean isScreen, boolean hasColour, int columns, int rows) {
    private static final long PROBE_SECONDS = 2;

    /** A pipe or a file. */
    static final Terminal NONE = new Terminal(false, false, 80, 24);

    /**
     * Asks the system: the JDK has no portable way to learn the size, and its console wants standard input to be a
     * terminal too.
     */
    static Terminal probe(UnaryOperator<@Nullable String> environment) {
        return of(sizeOfStandardOutput(), environment);
    }

    /** What to make of the answer of {@code stty size}; null if standard output is no terminal. */
    static Terminal of(@Nullable String size, UnaryOperator<@Nullable String> environment) {
        if (size == null || "dumb".equals(environment.apply("TERM"))) {
            return NONE;
        }
        String[] rowsAndColumns = size.strip().split(" ", -1);
        boolean known = rowsAndColumns.length == 2;
        String noColour = environment.apply("NO_COLOR");
        return new Terminal(
                true,
                noColour == null || noColour.isEmpty(),
                number(environment.apply("COLUMNS"), known ? number(rowsAndColumns[1], NONE.columns) : NONE.columns),
                number(environment.apply("LINES"), known ? number(rowsAndColumns[0], NONE.rows) : NONE.rows));
    }

    /** Rows and columns, or something else for a terminal that does not tell; null if there is none. */
    private static @Nullable String sizeOfStandardOutput() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
            return null;
        }
        try {
            Process probe = new ProcessBuilder("sh", "-c", "test -t 1 || exit 1; stty size <&1 >&2")
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            probe.getOutputStream().close();
            String size = new String(probe.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean ended = probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            return ended && probe.exitValue() != 1 ? size : null;
        } catch (IOException noShell) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
    }
}
