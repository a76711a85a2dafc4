package io.claudeflux.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.config.Terminal;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sequences of events are an answer. */
class MessageGrammarTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MS MD ST",
                "MS BS0 BE0 MD ST",
                "MS BS0 D0 D0 BE0 BS1 D1 BE1 MD ST",
                "MS BS0 BE0 MU MD ST",
                "MS BS0 BE0 MD MU MD ST",
                "MS BS0 BS1 D1 D0 BE1 D0 BE0 MD ST",
                "MS BS5 D5 BE5 BS2 BE2 MD ST",
                "MS BS9999 BE9999 MD ST",
                "P P U P MS P U BS0 P U D0 P BE0 P MD P U ST P U",
                "U MS MD ST",
            })
    void legalSequencesPass(String words) {
        MessageGrammar grammar = new MessageGrammar(Terminal.STRICT);
        List<StreamEvent> events = EventWords.events(words);
        for (StreamEvent event : events) {
            assertThatCode(() -> grammar.check(event)).doesNotThrowAnyException();
        }
        assertThat(grammar.isDone()).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "BS0                   | order | before message_start",
                "D0                    | order | before message_start",
                "BE0                   | order | before message_start",
                "MD                    | order | before message_start",
                "ST                    | order | before message_start",
                "P U BS0               | order | before message_start",
                "MS MS                 | order | message_start",
                "MS BS0 MS             | order | message_start",
                "MS ST                 | order | before message_delta",
                "MS BS0 BE0 ST         | order | before message_delta",
                "MS BS0 D0 ST          | order | before message_delta",
                "MS BS0 MD             | order | while content block 0 was open",
                "MS BS0 BS3 BE0 MD     | order | while content block 3 was open",
                "MS MD BS0             | order | after message_delta",
                "MS BS0 BE0 MD D0      | order | after message_delta",
                "MS BS0 BE0 MD BE0     | order | after message_delta",
                "MS MD MS              | order | after message_delta",
                "MS MD ST ST           | order | after message_stop",
                "MS MD ST MS           | order | after message_stop",
                "MS MD ST D0           | order | after message_stop",
                "MS D0                 | index | block 0",
                "MS BE0                | index | block 0",
                "MS BS0 D1             | index | block 1",
                "MS BS0 BE0 D0         | index | block 0",
                "MS BS0 BE0 BE0        | index | block 0",
                "MS BS0 BS0            | index | block 0",
                "MS BS0 BE0 BS0        | index | block 0",
                "MS BS-1               | index | block -1",
                "MS D-1                | index | block -1",
                "MS BE-1               | index | block -1",
                "MS D2147483647        | index | block 2147483647",
            })
    void illegalSequencesFailAtTheirLastEvent(String words, String reason, String where) {
        MessageGrammar grammar = new MessageGrammar(Terminal.STRICT);
        List<StreamEvent> events = EventWords.events(words);
        events.subList(0, events.size() - 1).forEach(grammar::check);

        assertThatThrownBy(() -> grammar.check(events.get(events.size() - 1)))
                .isInstanceOfSatisfying(StreamException.class, error -> {
                    assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
                    assertThat(error.reason()).isEqualTo(reason);
                    assertThat(error.origin()).isEqualTo(Origin.PROTOCOL);
                    assertThat(error.isRetryable()).isFalse();
                    assertThat(error.getMessage()).contains(where);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 10_001, Integer.MAX_VALUE})
    void numberOfBlocksHasALimit(int index) {
        MessageGrammar grammar = new MessageGrammar(Terminal.STRICT);
        grammar.check(EventWords.event("MS"));
        assertThatThrownBy(() -> grammar.check(EventWords.event("BS" + index)))
                .isInstanceOfSatisfying(StreamException.class, error -> {
                    assertThat(error.kind()).isEqualTo(Kind.LIMIT);
                    assertThat(error.isRetryable()).isFalse();
                });
    }

    @ParameterizedTest(name = "end behind {0}: strict {1}, lenient {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "P              | before message_start   | before message_start",
                "U              | before message_start   | before message_start",
                "MS             | between content blocks | between content blocks",
                "MS P           | between content blocks | between content blocks",
                "MS BS0         | inside a content block | inside a content block",
                "MS BS0 D0      | inside a content block | inside a content block",
                "MS BS0 D0 BE0  | between content blocks | between content blocks",
                "MS MU          | message_stop           | message_stop",
                "MS MD          | message_stop           | done",
                "MS BS0 BE0 MD  | message_stop           | done",
                "MS MD MU P U   | message_stop           | done",
            })
    void bodyThatEndsEarlyIsIncompleteUnlessItMayEndThere(String words, String strict, String lenient) {
        assertEnd(words, Terminal.STRICT, strict);
        assertEnd(words, Terminal.LENIENT, lenient);
    }

    private static void assertEnd(String words, Terminal terminal, String expected) {
        MessageGrammar grammar = new MessageGrammar(terminal);
        EventWords.events(words).forEach(grammar::check);
        assertThat(grammar.isDone()).isFalse();
        if (expected.equals("done")) {
            grammar.end();
            assertThat(grammar.isDone()).isTrue();
            return;
        }
        assertThatThrownBy(grammar::end).isInstanceOfSatisfying(StreamException.class, error -> {
            assertThat(error.kind()).isEqualTo(Kind.INCOMPLETE);
            assertThat(error.origin()).isEqualTo(Origin.STREAM);
            assertThat(error.isRetryable()).isTrue();
            assertThat(error.getMessage()).contains(expected);
        });
    }

    @Test
    void bodyWithoutAnyEventIsIncomplete() {
        assertThatThrownBy(() -> new MessageGrammar(Terminal.LENIENT).end()).isInstanceOf(StreamException.class);
    }

    @ParameterizedTest
    @EnumSource(Terminal.class)
    void lenientIsAboutTheEndAlone(Terminal terminal) {
        MessageGrammar grammar = new MessageGrammar(terminal);
        assertThatThrownBy(() -> grammar.check(EventWords.event("D0"))).isInstanceOf(StreamException.class);
        EventWords.events("MS MD ST").forEach(grammar::check);
        assertThat(grammar.isDone()).isTrue();
    }
}
