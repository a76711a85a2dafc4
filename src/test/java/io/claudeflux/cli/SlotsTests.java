package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTests {
    private final Board board = Lines.board(12);
    private final Slots slots = new Slots();

    @Test
    void allStreamsAreShownWhereTheyFit() {
        assertThat(slots.during(board, 12, 0)).isEqualTo(board.lines());
    }

    @Test
    void aStreamKeepsItsRowWhileItRuns() {
        assertThat(numbers(slots.during(board, 3, 0))).containsExactly(1, 2, 3);
        Lines.text(board, 9, "busy");

        assertThat(numbers(slots.during(board, 3, Lines.millis(9_000)))).containsExactly(1, 2, 3);
    }

    @Test
    void theRowOfAnEndedStreamGoesToTheMostActiveOne() {
        slots.during(board, 3, 0);
        Lines.text(board, 8, "a");
        Lines.text(board, 9, "a");
        Lines.text(board, 9, "b");
        Lines.end(board, 2, null);

        assertThat(numbers(slots.during(board, 3, Lines.millis(201)))).containsExactly(1, 2, 3);
        assertThat(numbers(slots.during(board, 3, Lines.millis(2_000)))).containsExactly(1, 9, 3);
    }

    @Test
    void failuresComeFirstAndStay() {
        slots.during(board, 3, 0);
        Lines.text(board, 9, "busy");
        Lines.end(board, 10, Failures.cut());
        Lines.end(board, 1, null);
        assertThat(numbers(slots.during(board, 3, Lines.millis(2_000)))).containsExactly(10, 2, 3);
        Lines.end(board, 2, null);

        assertThat(numbers(slots.during(board, 3, Lines.millis(4_000)))).containsExactly(10, 9, 3);
    }

    @Test
    void whatRemainsAreTheFailuresAndTheLastToEnd() {
        board.lines().forEach(line -> Lines.end(board, line.number(), line.number() == 2 ? Failures.cut() : null));

        assertThat(numbers(Slots.after(board, 4))).containsExactly(2, 10, 11, 12);
    }

    private static List<Integer> numbers(List<StreamLine> lines) {
        return lines.stream().map(StreamLine::number).toList();
    }
}
