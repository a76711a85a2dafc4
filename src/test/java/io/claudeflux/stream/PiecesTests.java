package io.claudeflux.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 63, 64, 65, 128, 129, 1_000, 10_000})
    void textIsAllThatWasAddedHoweverOftenItIsAskedFor(int count) {
        Pieces once = new Pieces();
        Pieces often = new Pieces();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String piece = i % 7 == 3 ? "" : i % 11 == 5 ? "é\uD83C\uDF0A" + i : "piece " + i;
            once.add(piece);
            often.add(piece);
            expected.append(piece);
            if (i % 37 == 0) {
                assertThat(often.text()).isEqualTo(expected.toString());
            }
        }
        assertThat(once.isEmpty()).isEqualTo(count == 0);
        assertThat(once.text()).isEqualTo(expected.toString()).isEqualTo(once.text());
        assertThat(often.text()).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70, 1_000})
    void nothingIsLeftBehindAClear(int count) {
        Pieces pieces = new Pieces();
        for (int i = 0; i < count; i++) {
            pieces.add("old");
        }
        pieces.clear();
        assertThat(pieces.isEmpty()).isTrue();
        pieces.add("new");
        assertThat(pieces.text()).isEqualTo("new");
    }
}
