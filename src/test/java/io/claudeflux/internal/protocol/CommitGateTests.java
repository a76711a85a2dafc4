package io.claudeflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitGateTests {
    private final List<StreamEvent> passed = new ArrayList<>();
    private final List<Integer> openings = new ArrayList<>();
    private final CommitGate gate = new CommitGate(() -> openings.add(passed.size()));

    @ParameterizedTest(name = "{0} lets {1} pass")
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "P P                | ''",
                "U U P              | ''",
                "MS                 | ''",
                "P U MS P P         | ''",
                "MS BS0             | MS BS0",
                "P U P MS P BS0     | P U P MS P BS0",
                "MS U               | MS U",
                "MS MD              | MS MD",
                "BS0                | BS0",
                "ST                 | ST",
                "MS BS0 P U D0 P ST | MS BS0 P U D0 P ST",
                "MS P P MD P ST     | MS P P MD P ST",
            })
    void eventsAreHeldUntilThereIsContent(String words, String expected) {
        pass(words);
        assertThat(EventWords.words(passed)).isEqualTo(expected);
        assertThat(openings).isEqualTo(expected.isEmpty() ? List.of() : List.of(0));
    }

    @Test
    void pingsBeyondTheMostHeldAreDropped() {
        pass("P ".repeat(1_000) + "MS " + "P ".repeat(1_000));
        assertThat(passed).isEmpty();
        pass("BS0");
        assertThat(EventWords.words(passed)).isEqualTo("P ".repeat(64) + "MS BS0");
        pass("P P");
        assertThat(passed).hasSize(68);
    }

    @Test
    void eachEventPassesOnce() {
        pass("MS BS0 D0 D0 BE0 MD ST");
        assertThat(EventWords.words(passed)).isEqualTo("MS BS0 D0 D0 BE0 MD ST");
    }

    private void pass(String words) {
        EventWords.events(words).forEach(event -> gate.pass(event, passed::add));
    }

    @Test
    void unknownEventBehindManyPingsIsHeldToo() {
        pass("P ".repeat(1_000) + "U");
        assertThat(passed).isEmpty();
        pass("MS BS0");
        assertThat(EventWords.words(passed)).endsWith("MS BS0");
    }
}
