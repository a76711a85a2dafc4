package io.claudeflux.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One picture of a load run, as lines for a terminal or as one line for a pipe. A pure function of what it is given.
 *
 * @param state how things stand
 * @param eventsPerSecond how many events came lately
 */
record LoadFrame(LoadState state, long eventsPerSecond) {
    private static final int WIDEST_BAR = 40;
    private static final int LABEL = 13;

    List<String> lines(Terminal terminal) {
        LoadState.Counts counts = state.counts();
        LoadState.Footprint footprint = state.footprint();
        LoadState.Admission admission = state.admission();
        List<String> lines = new ArrayList<>();
        lines.add(bar(terminal));
        lines.add(row(terminal, "streams", streams()));
        lines.add(row(
                terminal, "events", String.format(Locale.ROOT, "%,d, %,d a second", counts.events(), eventsPerSecond)));
        lines.add(row(
                terminal,
                "first event",
                String.format(
                        Locale.ROOT,
                        "after %.1f ms (median), %.1f ms (99 of 100)",
                        LoadState.millis(state.firstEvents().medianNanos()),
                        LoadState.millis(state.firstEvents().p99Nanos()))));
        lines.add(row(
                terminal,
                "threads",
                footprint.threads() + " in this JVM, " + footprint.eventLoops() + " of them event loops"));
        lines.add(row(terminal, "heap", heap()));
        lines.add(row(
                terminal,
                "permits",
                String.format(
                        Locale.ROOT,
                        "%,d of %,d in use, %,d waiting",
                        admission.inUse(),
                        admission.limit(),
                        admission.waiting())));
        return lines;
    }

    /** For a pipe. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%5.1fs  %s, %,d events/s, %d threads%s",
                state.elapsedMillis() / 1_000.0,
                streams(),
                eventsPerSecond,
                state.footprint().threads(),
                state.footprint().heapPerStream() == 0 ? "" : ", " + perStream());
    }

    private String streams() {
        LoadState.Counts counts = state.counts();
        return String.format(
                Locale.ROOT,
                "%,d open, %,d completed, %,d failed%s",
                counts.open(),
                counts.completed(),
                counts.failed(),
                counts.cancelled() == 0 ? "" : ", " + counts.cancelled() + " cancelled");
    }

    private String heap() {
        String used = String.format(
                Locale.ROOT,
                "%,d MiB with garbage",
                Math.round(LoadState.kibibytes(state.footprint().usedHeap()) / 1_024));
        return state.footprint().heapPerStream() == 0 ? used : perStream() + "; " + used;
    }

    private String perStream() {
        return String.format(
                Locale.ROOT,
                "%.1f KiB a stream",
                LoadState.kibibytes(state.footprint().heapPerStream()));
    }

    /** How many streams of all are over, open, and still to come. */
    private String bar(Terminal terminal) {
        LoadState.Counts counts = state.counts();
        int all = state.plan().streams();
        int width = Math.max(6, Math.min(WIDEST_BAR, terminal.columns() - 2));
        int ended = counts.completed() + counts.failed() + counts.cancelled();
        int done = (int) ((long) width * ended / all);
        int open = (int) ((long) width * Math.min(all, ended + counts.open()) / all) - done;
        boolean colour = terminal.hasColour();
        return " "
                + Paint.QUIET.on("━".repeat(done), colour)
                + Paint.RUNNING.on("━".repeat(open), colour)
                + Paint.QUIET.on("─".repeat(width - done - open), colour);
    }

    private static String row(Terminal terminal, String label, String value) {
        String name = Columns.head(label, LABEL);
        int room = Math.max(0, terminal.columns() - LABEL - 1);
        return " " + Paint.QUIET.on(name, terminal.hasColour())
                + Columns.head(value, room).stripTrailing();
    }
}
