package io.claudeflux.cli;

/** Shows a demo while it runs. Used by the printing thread only, and behind it by the one that started the demo. */
sealed interface Display permits TtyDisplay, PlainDisplay {
    /** The display that suits what standard output leads to. */
    static Display of(Shell shell) {
        return shell.terminal().isScreen() ? new TtyDisplay(shell) : new PlainDisplay(shell);
    }

    /** Shows what has changed. */
    void show(Board board, Progress progress);

    /** Shows how it ended, and leaves the terminal in order. */
    void close(Board board);
}
