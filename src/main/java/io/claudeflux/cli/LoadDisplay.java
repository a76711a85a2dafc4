package io.claudeflux.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Shows a load run while it lasts: on a terminal a picture that is redrawn, in a pipe a line every second. Used by the
 * printing thread only, and behind it by the one that started the run.
 */
final class LoadDisplay {
    private static final long LINE_MILLIS = 1_000;

    private final PrintWriter out;
    private final Screen screen;
    private final Terminal terminal;
    private long lineMillis;
    private long windowMillis;
    private long windowEvents;
    private long eventsPerSecond;

    LoadDisplay(Shell shell) {
        this.out = shell.out();
        this.screen = new Screen(shell.out());
        Terminal all = shell.terminal();
        // The last column stays free: a cursor behind it is where terminals disagree.
        this.terminal = new Terminal(all.isScreen(), all.hasColour(), all.columns() - 1, all.rows());
    }

    void show(LoadState state) {
        measure(state);
        LoadFrame frame = new LoadFrame(state, eventsPerSecond);
        if (terminal.isScreen()) {
            screen.draw(frame.lines(terminal));
        } else if (state.elapsedMillis() >= lineMillis + LINE_MILLIS) {
            lineMillis = state.elapsedMillis() / LINE_MILLIS * LINE_MILLIS;
            out.println(frame.line());
            out.flush();
        }
    }

    /** Over a second at least, or the streams' own rhythm would show. */
    private void measure(LoadState state) {
        long millis = state.elapsedMillis() - windowMillis;
        if (millis >= LINE_MILLIS) {
            eventsPerSecond = TimeUnit.SECONDS.toMillis(state.counts().events() - windowEvents) / millis;
            windowMillis = state.elapsedMillis();
            windowEvents = state.counts().events();
        }
    }

    /** Shows how it ended, and leaves the terminal in order. */
    void close(LoadState state) {
        if (terminal.isScreen()) {
            show(state);
            screen.close();
        }
    }
}
