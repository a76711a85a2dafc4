package io.claudeflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTests {
    private static final String MIXED = "mer salée 俳句とは、何 e\u0301 wave 🌊 end";

    @ParameterizedTest
    @CsvSource({"abc, 3", "salée, 5", "俳句, 4", "e\u0301, 1", "🌊, 2", "…, 1"})
    void wideCharactersTakeTwoColumnsAndMarksNone(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 20, 31, 32, 33, 50})
    void headAndTailFillExactlyTheWidth(int width) {
        assertThat(Columns.of(Columns.head(MIXED, width))).isEqualTo(width);
        assertThat(Columns.of(Columns.tail(MIXED, width))).isEqualTo(width);
    }

    @Test
    void whatDoesNotFitIsMarkedAtTheSideWhereItIsCut() {
        assertThat(Columns.head("abcdef", 4)).isEqualTo("abc…");
        assertThat(Columns.tail("abcdef", 4)).isEqualTo("…def");
        assertThat(Columns.tail("俳句とは", 4)).isEqualTo("…は ");
    }

    @Test
    void nothingInATextSteersTheTerminal() {
        assertThat(Columns.line("a\nb\u001b[2Jc\td\u009b2Je")).isEqualTo("a b [2Jc d 2Je");
    }
}
