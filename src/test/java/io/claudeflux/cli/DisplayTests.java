package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTests {
    private static final String ESC = "\u001b";

    @Test
    void aTerminalIsRedrawnInPlaceAndLeftInOrder() {
        CapturedShell captured = new CapturedShell().with(new Terminal(true, false, 60, 8));
        Board board = Lines.board(20);
        Display display = Display.of(captured.shell());

        display.show(board, new Progress.Tick());
        String first = captured.out();
        display.show(board, new Progress.Tick());
        String second = captured.out().substring(first.length());
        display.close(board);
        display.show(board, new Progress.Tick());
        display.close(board);
        String last = captured.out().substring(first.length() + second.length());

        assertThat(first).startsWith(ESC + "[?25l").doesNotContain(ESC + "[5A").containsPattern("(?s)(.*\n){5}");
        assertThat(second).startsWith("\r" + ESC + "[5A").hasLineCount(7);
        assertThat(last).containsOnlyOnce("\r" + ESC + "[5A").endsWith(ESC + "[?7h" + ESC + "[?25h");
    }

    @Test
    void aPipeGetsALineForEachEnd() {
        CapturedShell captured = new CapturedShell();
        Board board = Lines.board(2);
        Display display = Display.of(captured.shell());
        Lines.text(board, 1, "Sunlight holds every colour, and air scatters the short waves most.");

        display.show(board, new Progress.Tick());
        Progress first = new Progress.End(0, 1, null, Lines.millis(1_230));
        board.take(first);
        display.show(board, first);
        Progress second = new Progress.End(1, 3, Failures.overloaded(), Lines.millis(2_000));
        board.take(second);
        display.show(board, second);
        display.close(board);

        assertThat(captured.outLines())
                .containsExactly(
                        " 1.23s   1 completed   1 events  Why is the sky blue? Sunlight holds every colour, and air scatters the …",
                        " 2.00s   2 FAILED      0 events  (3 attempts) overloaded_error (HTTP 529): Overloaded");
    }
}
