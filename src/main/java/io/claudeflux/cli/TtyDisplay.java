package io.claudeflux.cli;

/** For terminals: draws the board again and again in the same place. */
final class TtyDisplay implements Display {
    /** Above the picture: two lines of introduction; below it: the cursor. */
    private static final int OTHER_ROWS = 3;

    private final Screen screen;
    private final Terminal terminal;
    private final Slots slots = new Slots();
    private boolean closed;

    TtyDisplay(Shell shell) {
        this.screen = new Screen(shell.out());
        Terminal all = shell.terminal();
        // The last column stays free: a cursor behind it is where terminals disagree.
        this.terminal = new Terminal(true, all.hasColour(), all.columns() - 1, all.rows());
    }

    @Override
    public void show(Board board, Progress progress) {
        if (progress instanceof Progress.Tick && !closed) {
            long now = System.nanoTime();
            screen.draw(new Frame(board, slots.during(board, rows(board), now), terminal, now).lines());
        }
    }

    @Override
    public void close(Board board) {
        if (!closed) {
            closed = true;
            screen.draw(new Frame(board, Slots.after(board, rows(board)), terminal, System.nanoTime()).lines());
            screen.close();
        }
    }

    /** Lines for streams: one is for the bar, and if they are not enough, one for the count of the others. */
    private int rows(Board board) {
        int rows = Math.max(2, terminal.rows() - OTHER_ROWS - 1);
        return rows >= board.lines().size() ? rows : rows - 1;
    }
}
