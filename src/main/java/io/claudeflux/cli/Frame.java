package io.claudeflux.cli;

import io.claudeflux.cli.StreamLine.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One picture of the board, drawn as lines that are exactly as wide as asked for. A pure function of what it is given.
 *
 * @param board the state
 * @param shown the streams that get a line
 * @param terminal how wide, and whether in colour
 * @param nowNanos the time
 */
record Frame(Board board, List<StreamLine> shown, Terminal terminal, long nowNanos) {
    private static final int META = 16;
    private static final int QUESTION_FROM = 72;
    private static final int META_FROM = 44;
    private static final int LONGEST_QUESTION = 40;
    private static final int ROOM_FOR_COUNTS = 74;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        shown.forEach(line -> lines.add(row(line)));
        if (shown.size() < board.lines().size()) {
            lines.add(rest());
        }
        lines.add(bar());
        return lines;
    }

    private String row(StreamLine line) {
        int digits = Math.max(2, Integer.toString(board.lines().size()).length());
        String number = String.format(Locale.ROOT, " %" + digits + "d ", line.number());
        int width = terminal.columns() - number.length() - 2;
        int meta = terminal.columns() >= META_FROM ? META : 0;
        int question = terminal.columns() >= QUESTION_FROM ? Math.min(LONGEST_QUESTION, width / 3) : 0;
        int text = width - meta - (question == 0 ? 0 : question + 2);
        return paint(Paint.QUIET, number)
                + glyph(line)
                + ' '
                + (question == 0 ? "" : paint(questionPaint(line), Columns.head(line.question(), question)) + "  ")
                + (line.isFailed() ? failure(line, text) : text(line, text))
                + (meta == 0 ? "" : paint(Paint.QUIET, meta(line)));
    }

    private String glyph(StreamLine line) {
        return switch (line.phase()) {
            case WAITING -> paint(Paint.QUIET, "·");
            case RETRYING -> paint(Paint.QUIET, "↻");
            case THINKING -> paint(Paint.THINKING, "∴");
            case ANSWERING -> paint(Paint.RUNNING, "▸");
            case COMPLETED -> paint(Paint.DONE, "✓");
            case FAILED -> paint(Paint.FAILED, "✗");
        };
    }

    private static Paint questionPaint(StreamLine line) {
        return line.isEnded() ? Paint.QUIET : Paint.NONE;
    }

    private String text(StreamLine line, int width) {
        String visible = Columns.line(line.visibleText());
        String text = line.phase() == Phase.RETRYING ? Columns.head(visible, width) : Columns.tail(visible, width);
        Paint paint = line.phase() == Phase.ANSWERING ? Paint.NONE : Paint.QUIET;
        return paint(line.phase() == Phase.THINKING ? Paint.THINKING : paint, text);
    }

    /** What went wrong, and if there is room the end of what had arrived. */
    private String failure(StreamLine line, int width) {
        Throwable error = line.error();
        String complaint = Columns.line(error == null ? "" : Complaint.brief(error));
        int room = width - Columns.of(complaint) - 2;
        if (line.answer().isEmpty() || room < 12) {
            return paint(Paint.FAILED, Columns.head(complaint, width));
        }
        String kept = Columns.tail(Columns.line(line.answer()), room);
        return paint(Paint.FAILED, complaint) + "  " + paint(Paint.QUIET, kept);
    }

    private String meta(StreamLine line) {
        String retries = line.attempts() == 1 ? "" : "↻" + (line.attempts() - 1) + " ";
        String events = line.events() == 0 ? "" : line.events() + " ev";
        String time = line.isEnded() ? seconds(line.endNanos()) : "";
        return String.format(Locale.ROOT, "%10s%6s", retries + events, time);
    }

    private String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1fs", TimeUnit.NANOSECONDS.toMillis(nanos - board.startNanos()) / 1000.0);
    }

    private String rest() {
        Map<Phase, Long> hidden = board.lines().stream()
                .filter(line -> !shown.contains(line))
                .collect(Collectors.groupingBy(
                        StreamLine::phase, () -> new EnumMap<>(Phase.class), Collectors.counting()));
        String text = hidden.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "   … and ", ""));
        return paint(Paint.QUIET, Columns.head(text, terminal.columns()));
    }

    private String bar() {
        Summary summary = board.summary(nowNanos);
        int ended = summary.completed() + summary.failed();
        int width = Math.max(6, Math.min(24, terminal.columns() - ROOM_FOR_COUNTS));
        int filled = width * ended / Math.max(1, summary.streams());
        String counts = String.format(
                Locale.ROOT,
                "  %d open, %d completed, %d failed  %,d events, %,d/s, read by %d thread%s",
                summary.streams() - ended,
                summary.completed(),
                summary.failed(),
                summary.events(),
                summary.events() * 1000 / Math.max(1, summary.elapsedMillis()),
                board.threads(),
                board.threads() == 1 ? "" : "s");
        return " "
                + paint(Paint.RUNNING, "━".repeat(filled))
                + paint(Paint.QUIET, "─".repeat(width - filled))
                + paint(Paint.TITLE, Columns.head(counts, terminal.columns() - width - 1));
    }

    private String paint(Paint paint, String text) {
        return paint.on(text, terminal.hasColour());
    }
}
