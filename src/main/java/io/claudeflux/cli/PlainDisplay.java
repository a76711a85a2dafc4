package io.claudeflux.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** For pipes and files: one line when a stream ends, without anything that only a terminal understands. */
final class PlainDisplay implements Display {
    private static final int TEXT = 72;

    private final PrintWriter out;

    PlainDisplay(Shell shell) {
        this.out = shell.out();
    }

    @Override
    public void show(Board board, Progress progress) {
        if (progress instanceof Progress.End end) {
            out.println(line(board.lines().get(end.stream()), end.nanos() - board.startNanos()));
            out.flush();
        }
    }

    @Override
    public void close(Board board) {
        out.flush();
    }

    static String line(StreamLine line, long nanos) {
        Throwable error = line.error();
        return String.format(
                Locale.ROOT,
                "%5.2fs  %2d %-9s %3d events  %s%s",
                TimeUnit.NANOSECONDS.toMillis(nanos) / 1000.0,
                line.number(),
                error == null ? "completed" : "FAILED",
                line.events(),
                line.attempts() == 1 ? "" : "(" + line.attempts() + " attempts) ",
                error == null ? said(line) : Columns.line(Complaint.brief(error)));
    }

    private static String said(StreamLine line) {
        String text = line.question() + " " + Columns.line(line.answer());
        return Columns.of(text) <= TEXT ? text : Columns.head(text, TEXT).stripTrailing();
    }
}
