package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.cli.LoadState.Admission;
import io.claudeflux.cli.LoadState.Counts;
import io.claudeflux.cli.LoadState.FirstEvents;
import io.claudeflux.cli.LoadState.Footprint;
import org.junit.jupiter.api.Test;

class LoadDisplayTests {
    private static final String ESC = "\u001b";
    private static final LoadPlan PLAN = new LoadPlan(1_200, 1_000, 1_100, 1, 5, true);

    private static LoadState state(long millis, long events, long heapPerStream) {
        return new LoadState(
                PLAN,
                millis,
                new Counts(900, 900, 100, 0, 0, events),
                0,
                new FirstEvents(2_345_678, 12_000_000),
                new Footprint(14, 4, 90L << 20, heapPerStream),
                new Admission(1_100, 900, 200));
    }

    @Test
    void aPipeGetsALineASecond() {
        CapturedShell captured = new CapturedShell();
        LoadDisplay display = new LoadDisplay(captured.shell());

        for (long millis = 0; millis <= 2_100; millis += 100) {
            display.show(state(millis, 3 * millis, millis < 1_500 ? 0 : 18_125));
        }
        display.close(state(2_200, 6_600, 18_125));

        assertThat(captured.outLines())
                .containsExactly(
                        "  1.0s  900 open, 100 completed, 0 failed, 3,000 events/s, 14 threads",
                        "  2.0s  900 open, 100 completed, 0 failed, 3,000 events/s, 14 threads, 17.7 KiB a stream");
    }

    @Test
    void aTerminalIsRedrawnInPlaceAndLeftInOrder() {
        CapturedShell captured = new CapturedShell().with(new Terminal(true, false, 60, 24));
        LoadDisplay display = new LoadDisplay(captured.shell());

        display.show(state(100, 300, 0));
        String first = captured.out();
        display.close(state(200, 600, 0));

        assertThat(first)
                .startsWith(ESC + "[?25l")
                .contains(" streams      900 open, 100 completed, 0 failed")
                .contains(" first event  after 2.3 ms (median), 12.0 ms (99 of 100)")
                .contains(" threads      14 in this JVM, 4 of them event loops")
                .contains(" heap         90 MiB with garbage")
                .contains(" permits      900 of 1,100 in use, 200 waiting");
        assertThat(captured.out().substring(first.length()))
                .startsWith("\r" + ESC + "[7A")
                .endsWith(ESC + "[?7h" + ESC + "[?25h");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int columns = 20; columns < 120; columns += 7) {
            Terminal terminal = new Terminal(true, false, columns, 24);

            assertThat(new LoadFrame(state(100, 300, 18_125), 1_000).lines(terminal))
                    .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(terminal.columns()));
        }
    }
}
