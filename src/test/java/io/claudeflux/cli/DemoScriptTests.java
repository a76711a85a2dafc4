package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoScriptTests {
    private final DemoScript script = DemoScript.of(48);

    @ParameterizedTest
    @CsvSource({"1, 0", "12, 1", "48, 4", "1000, 83"})
    void oneStreamOfEveryDozenFails(int streams, int failures) {
        assertThat(DemoScript.of(streams).failures()).isEqualTo(failures);
    }

    @Test
    void everyKindOfFailureComesOnceInTheDefaultDemo() {
        assertThat(script.streams().stream().map(DemoStream::ending).filter(ending -> ending != Ending.COMPLETE))
                .containsExactly(Ending.OVERLOADED_IN_STREAM, Ending.CUT, Ending.OVERLOADED, Ending.REFUSED);
    }

    @Test
    void aboutEveryFourthStreamIsHealedAndEveryKindOfSetbackComes() {
        assertThat(script.healed()).isEqualTo(11);
        assertThat(DemoScript.of(1000).healed()).isBetween(200L, 250L);
        assertThat(script.streams().stream().flatMap(stream -> stream.setbacks().stream()))
                .contains(Setback.values());
        assertThat(script.streams())
                .filteredOn(stream -> !stream.setbacks().isEmpty())
                .allMatch(stream -> stream.ending() == Ending.COMPLETE)
                .extracting(DemoStream::attempts)
                .containsOnly(2, 3);
    }

    @Test
    void anOverloadThatLastsTakesAllAttempts() {
        assertThat(script.streams())
                .filteredOn(stream -> stream.ending() == Ending.OVERLOADED)
                .extracting(DemoStream::attempts)
                .containsExactly(3);
    }

    @Test
    void allPromptsOfTheDefaultDemoDiffer() {
        assertThat(script.streams()).extracting(DemoStream::question).doesNotHaveDuplicates();
        assertThat(script.streams()).extracting(DemoStream::answer).allMatch(answer -> answer.length() > 80);
    }

    @Test
    void nothingIsASurpriseThatGoesByTheScript() {
        assertThat(script.surprises(played())).isEmpty();
    }

    @Test
    void aScriptedFailureThatDoesNotComeIsASurprise() {
        Board board = played();
        Lines.end(board, 4, null);

        assertThat(script.surprises(board)).containsExactly("stream 4 (scripted: OVERLOADED_IN_STREAM) completed");
    }

    @Test
    void anotherFailureThanTheScriptedOneIsASurprise() {
        Board board = played();
        Lines.end(board, 4, Failures.overloaded());

        assertThat(script.surprises(board))
                .containsExactly(
                        "stream 4 (scripted: OVERLOADED_IN_STREAM) failed: overloaded_error (HTTP 529): Overloaded");
    }

    @Test
    void anAnswerThatIsNotWholeOrNotTheOneThatWasSentIsASurprise() {
        Board board = played();
        Lines.text(board, 2, " and more");
        Lines.end(board, 2, null);
        Lines.text(board, 21, "never said");
        Lines.end(board, 21, Failures.cut());

        assertThat(script.surprises(board))
                .containsExactly(
                        "stream 2 (scripted: COMPLETE) delivered a text that was not sent",
                        "stream 21 (scripted: CUT) delivered a text that was not sent");
    }

    @Test
    void anotherNumberOfAttemptsThanScriptedIsASurprise() {
        Board board = played();
        Lines.end(board, 3, 1, null);
        Lines.end(board, 4, 2, Failures.overloadedInStream());

        assertThat(script.surprises(board))
                .containsExactly(
                        "stream 3 (scripted: COMPLETE) made 1 attempts instead of 2",
                        "stream 4 (scripted: OVERLOADED_IN_STREAM) made 2 attempts instead of 1");
    }

    @Test
    void aStreamThatNeverEndsIsASurprise() {
        assertThat(DemoScript.of(2).surprises(Lines.board(2)))
                .containsExactly(
                        "stream 1 (scripted: COMPLETE) did not end", "stream 2 (scripted: COMPLETE) did not end");
    }

    /** A board on which all went well. */
    private Board played() {
        Board board = Lines.board(48);
        for (DemoStream stream : script.streams()) {
            int number = stream.index() + 1;
            if (stream.ending() == Ending.COMPLETE) {
                Lines.text(board, number, stream.answer());
            }
            Lines.end(board, number, stream.attempts(), error(stream.ending()));
        }
        return board;
    }

    private static @Nullable Throwable error(Ending ending) {
        return switch (ending) {
            case COMPLETE -> null;
            case OVERLOADED_IN_STREAM -> Failures.overloadedInStream();
            case CUT -> Failures.cut();
            case OVERLOADED -> Failures.overloaded();
            case REFUSED -> Failures.refused();
        };
    }
}
