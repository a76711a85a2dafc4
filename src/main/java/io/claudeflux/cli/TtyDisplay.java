package io.claudeflux.cli;

import java.io.PrintWriter;
import java.util.List;

/** For terminals: draws the board again and again in the same place. */
final class TtyDisplay implements Display {
    private static final String CSI = "\u001b[";
    private static final String HIDE_CURSOR = CSI + "?25l";
    private static final String SHOW_CURSOR = CSI + "?25h";
    private static final String WRAP_OFF = CSI + "?7l";
    private static final String WRAP_ON = CSI + "?7h";
    private static final String CLEAR_REST_OF_LINE = CSI + "K";
    private static final String CLEAR_BELOW = CSI + "J";

    /** Above the picture: two lines of introduction; below it: the cursor. */
    private static final int OTHER_ROWS = 3;

    private final PrintWriter out;
    private final Terminal terminal;
    private final Slots slots = new Slots();
    private int drawn;
    private boolean closed;

    TtyDisplay(Shell shell) {
        this.out = shell.out();
        Terminal all = shell.terminal();
        // The last column stays free: a cursor behind it is where terminals disagree.
        this.terminal = new Terminal(true, all.hasColour(), all.columns() - 1, all.rows());
    }

    @Override
    public void show(Board board, Progress progress) {
        if (progress instanceof Progress.Tick && !closed) {
            long now = System.nanoTime();
            draw(new Frame(board, slots.during(board, rows(board), now), terminal, now).lines());
        }
    }

    @Override
    public void close(Board board) {
        if (!closed) {
            closed = true;
            draw(new Frame(board, Slots.after(board, rows(board)), terminal, System.nanoTime()).lines());
            out.print(WRAP_ON + SHOW_CURSOR);
            out.flush();
        }
    }

    /** Lines for streams: one is for the bar, and if they are not enough, one for the count of the others. */
    private int rows(Board board) {
        int rows = Math.max(2, terminal.rows() - OTHER_ROWS - 1);
        return rows >= board.lines().size() ? rows : rows - 1;
    }

    private void draw(List<String> lines) {
        StringBuilder picture = new StringBuilder();
        picture.append(drawn == 0 ? HIDE_CURSOR + WRAP_OFF : "\r" + CSI + drawn + "A");
        lines.forEach(line -> picture.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(picture.append(CLEAR_BELOW));
        out.flush();
        drawn = lines.size();
    }
}
