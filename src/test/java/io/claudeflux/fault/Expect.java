package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.List;
import java.util.function.Consumer;

/** The outcomes of the fault cases, in their words. */
final class Expect {
    private Expect() {}

    /** DONE with the given text and number of events. */
    static Consumer<Outcome<StreamEvent>> done(String text, int n) {
        return outcome -> {
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(text(outcome.events())).isEqualTo(text);
            assertThat(outcome.events()).last().isInstanceOf(MessageStop.class);
            assertThat(outcome.n()).as("events").isEqualTo(n);
        };
    }

    /** DONE with the six events of {@code good(text)}. */
    static Consumer<Outcome<StreamEvent>> done(String text) {
        return done(text, 6);
    }

    /** {@code E(INCOMPLETE)} after n events, the text so far kept in the error. */
    static Consumer<Outcome<StreamEvent>> incomplete(int n) {
        return broken(StreamException.Kind.INCOMPLETE, n);
    }

    /** {@code E(PROTOCOL reason)} after n events. */
    static Consumer<Outcome<StreamEvent>> protocol(String reason, int n) {
        return broken(StreamException.Kind.PROTOCOL, n)
                .andThen(outcome -> assertThat(
                                outcome.error(StreamException.class).reason())
                        .isEqualTo(reason));
    }

    /** {@code E(LIMIT reason)} after n events. */
    static Consumer<Outcome<StreamEvent>> limit(String reason, int n) {
        return broken(StreamException.Kind.LIMIT, n)
                .andThen(outcome -> assertThat(
                                outcome.error(StreamException.class).reason())
                        .isEqualTo(reason));
    }

    /** A stream error of the given kind after n events. */
    static Consumer<Outcome<StreamEvent>> broken(StreamException.Kind kind, int n) {
        return failed(StreamException.class, n)
                .andThen(outcome ->
                        assertThat(outcome.error(StreamException.class).kind()).isEqualTo(kind));
    }

    /** A transport error of one of the given kinds after n events. */
    static Consumer<Outcome<StreamEvent>> transport(int n, TransportException.Kind... kinds) {
        return failed(TransportException.class, n)
                .andThen(outcome -> assertThat(
                                outcome.error(TransportException.class).kind())
                        .isIn((Object[]) kinds));
    }

    /** An error of the server inside the stream, after n events. */
    static Consumer<Outcome<StreamEvent>> inStream(Class<? extends ApiException> type, int effectiveStatus, int n) {
        return failed(type, n).andThen(outcome -> {
            ApiException error = outcome.error(type);
            assertThat(error.isInStream()).isTrue();
            assertThat(error.status()).isEqualTo(200);
            assertThat(error.effectiveStatus()).isEqualTo(effectiveStatus);
            assertThat(error.requestId()).contains("req_t");
        });
    }

    /** An error of the given type after exactly n events, with the text delivered so far in it. */
    static Consumer<Outcome<StreamEvent>> failed(Class<? extends ClaudeException> type, int n) {
        return outcome -> {
            ClaudeException error = outcome.error(type);
            assertThat(outcome.n()).as(outcome.describe()).isEqualTo(n);
            assertThat(error.eventsDelivered()).isEqualTo(n);
            assertThat(error.partial().map(PartialMessage::text).orElse("")).isEqualTo(text(outcome.events()));
            if (n > 0) {
                assertThat(error.partial()).isPresent();
            }
        };
    }

    /** The number of attempts that an error reports. */
    static Consumer<Outcome<StreamEvent>> attempts(int count) {
        return outcome -> assertThat(outcome.error(ClaudeException.class).attempts())
                .as("attempts")
                .isEqualTo(count);
    }

    /** The text of all text deltas. */
    static String text(List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : events) {
            if (event instanceof ContentBlockDelta block && block.delta() instanceof TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }
}
