package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPiecesTests {

    private static List<String> pieces(Iterable<String> cut) {
        List<String> pieces = new ArrayList<>();
        cut.forEach(pieces::add);
        return pieces;
    }

    @Test
    void wordsKeepTheirLeadingSpaceAndTheirMark() {
        assertThat(pieces(TextPieces.words("Hello, you two.\n\n\tBye", 1)))
                .containsExactly("Hello,", " you", " two.", "\n\n\tBye");
    }

    @Test
    void longWordsFallApart() {
        assertThat(pieces(TextPieces.words("Donaudampfschifffahrtsgesellschaft", 1)))
                .hasSizeBetween(3, 6);
    }

    @Test
    void textOfOnlySpacesIsOnePiece() {
        assertThat(pieces(TextPieces.words("   ", 1))).containsExactly("   ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void piecesJoinToTheTextAndSplitNoCharacter(boolean inWords) {
        SplittableRandom random = new SplittableRandom(42);
        int[] alphabet = "ab \n,.\"\\é€豆腐😀🌊‍".codePoints().toArray();
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, alphabet.length).forEach(i -> text.appendCodePoint(alphabet[i]));

            List<String> pieces = pieces(
                    inWords ? TextPieces.words(text.toString(), run) : TextPieces.fragments(text.toString(), run));

            assertThat(String.join("", pieces)).isEqualTo(text.toString());
            assertThat(pieces)
                    .noneMatch(String::isEmpty)
                    .noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)))
                    .noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
        }
    }

    @Test
    void oneSeedCutsAlwaysTheSame() {
        String text = "Pneumonoultramicroscopicsilicovolcanoconiosis is a word";

        assertThat(pieces(TextPieces.words(text, 7))).isEqualTo(pieces(TextPieces.words(text, 7)));
    }

    @Test
    void anIteratorEnds() {
        Iterator<String> pieces = TextPieces.words("a", 1).iterator();
        pieces.next();

        assertThatThrownBy(pieces::next).isInstanceOf(NoSuchElementException.class);
    }
}
