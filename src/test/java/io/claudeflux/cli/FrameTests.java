package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTests {
    private static final long NOW = Lines.millis(1_000);

    @Test
    void aLineShowsNumberStateQuestionTextAndCount() {
        Board board = Lines.board(4);
        Lines.text(board, 1, "Light\nscatters");
        Lines.thinking(board, 2, "Let me see");
        Lines.text(board, 3, "Flour and water");
        Lines.end(board, 3, null);

        assertThat(frame(board, board.lines(), 80))
                .containsExactly(
                        "  1 ▸ Why is the sky blue?      Light scatters                        1 ev      ",
                        "  2 ∴ What is backpressure?     Let me see                            1 ev      ",
                        "  3 ✓ How does a sourdough st…  Flour and water                       1 ev  0.3s",
                        "  4 · Who was Ada Lovelace?                                                     ",
                        " ━─────  3 open, 1 completed, 0 failed  3 events, 3/s, read by 1 thread         ");
    }

    @Test
    void aStreamThatIsTriedAgainSaysWhyUntilItsAnswerBegins() {
        Board board = Lines.board(3);
        Lines.retry(board, 1, 1);
        Lines.retry(board, 2, 1);
        Lines.retry(board, 2, 2);
        Lines.text(board, 2, "Let me see");
        Lines.retry(board, 3, 1);
        Lines.end(board, 3, 2, null);

        assertThat(frame(board, board.lines(), 100))
                .startsWith(
                        "  1 ↻ Why is the sky blue?             retry 1: overloaded_error (HTTP 529): Overlo…       ↻1       ",
                        "  2 ▸ What is backpressure?            Let me see                                      ↻2 1 ev      ",
                        "  3 ✓ How does a sourdough starter w…                                                      ↻1   0.3s");
    }

    @Test
    void aFailureSaysWhatItWasAndKeepsTheTextThatHadArrived() {
        Board board = Lines.board(3);
        Lines.text(board, 1, "Sunlight holds every colour");
        Lines.end(board, 1, Failures.overloadedInStream());
        Lines.end(board, 2, Failures.overloaded());
        Lines.end(board, 3, Failures.cut());

        assertThat(frame(board, board.lines(), 124))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("  1 ✗ Why is the sky blue?")
                                .contains("overloaded_error inside the stream: Overloaded  …every colour"),
                        line -> assertThat(line).contains("overloaded_error (HTTP 529): Overloaded  "),
                        line -> assertThat(line).contains("cut off before message_stop  "),
                        bar -> assertThat(bar).startsWith(" ━━━━").contains("0 open, 0 completed, 3 failed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 43, 44, 60, 71, 72, 79, 80, 120, 300})
    void everyLineIsExactlyAsWideAsTheTerminal(int columns) {
        Board board = Lines.board(48);
        Lines.text(board, 11, "俳句は五・七・五の十七音からなる短い詩です。季節を表す季語を一つ入れ、目の前の情景を切り取って見せます。".repeat(4));
        Lines.text(board, 12, "x".repeat(400));
        Lines.end(board, 12, Failures.overloadedInStream());

        assertThat(frame(board, board.lines().subList(5, 15), columns))
                .hasSize(12)
                .allSatisfy(line -> assertThat(Columns.of(line)).isEqualTo(columns));
    }

    @Test
    void colourChangesNothingButColour() {
        Board board = Lines.board(5);
        Lines.text(board, 1, "Sunlight");
        Lines.end(board, 2, null);
        Lines.end(board, 3, Failures.refused());

        List<String> coloured = new Frame(board, board.lines(), new Terminal(true, true, 100, 30), NOW).lines();

        assertThat(coloured).allMatch(line -> line.contains("\u001b["));
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d*m", "")))
                .containsExactlyElementsOf(frame(board, board.lines(), 100));
    }

    @Test
    void streamsThatAreNotShownAreCounted() {
        Board board = Lines.board(10);
        Lines.text(board, 8, "a");
        Lines.text(board, 9, "a");
        Lines.end(board, 10, null);

        assertThat(frame(board, board.lines().subList(0, 3), 80).get(3).stripTrailing())
                .isEqualTo("   … and 4 waiting, 2 answering, 1 completed");
    }

    private static List<String> frame(Board board, List<StreamLine> shown, int columns) {
        return new Frame(board, shown, new Terminal(true, false, columns, 30), NOW).lines();
    }
}
