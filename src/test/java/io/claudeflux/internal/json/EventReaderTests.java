package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.UnknownEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames to events, and what is wrong with those that are none. */
class EventReaderTests {
    private static final ResponseMetadata HEAD =
            new ResponseMetadata(200, Map.of("request-id", List.of("req_1"), "x", List.of("y")));

    private final EventReader reader = new EventReader(HEAD);

    @Test
    void headGoesAlongWithTheFirstEvent() {
        StreamEvent event = read("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}");
        assertThat(event).isInstanceOfSatisfying(MessageStart.class, start -> {
            assertThat(start.response()).isEqualTo(HEAD);
            assertThat(start.message().id()).isEqualTo("msg_1");
        });
    }

    @ParameterizedTest(name = "event \"{0}\" with {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            emptyValue = "",
            value = {
                "message_stop | {\"type\":\"message_stop\"} | MessageStop message_stop",
                "message      | {\"type\":\"message_stop\"} | MessageStop message_stop",
                "ping         | {\"type\":\"message_stop\"} | MessageStop message_stop",
                "error        | {\"type\":\"message_stop\"} | MessageStop message_stop",
                "-            | {\"type\":\"ping\"}         | Ping ping",
                "message_stop | {}                          | MessageStop message_stop",
                "message_stop | {\"type\":null}             | MessageStop message_stop",
                "ping         | {\"x\":1}                   | Ping ping",
                "-            | {}                          | UnknownEvent ",
                "-            | {\"x\":1}                   | UnknownEvent ",
                "later        | {\"x\":1}                   | UnknownEvent later",
                "ping         | {\"type\":\"later\"}        | UnknownEvent later",
                "-            | {\"error\":{}}              | UnknownEvent error",
                "error        | {\"error\":{}}              | UnknownEvent error",
                "message      | {\"type\":\"error\"}        | UnknownEvent error",
                "message_stop | {\"t\\u0079pe\":\"ping\"}   | Ping ping",
            })
    void typeInTheJsonDecides(String name, String data, String expected) {
        StreamEvent event = read(name.equals("-") ? "" : name, data);
        assertThat(event).isNotNull();
        assertThat((event.getClass().getSimpleName() + " " + event.type()).strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", " ", "\n", "\t \n"})
    void frameWithoutDataIsNoEvent(String data) {
        assertThat(read("ping", data)).isNull();
        assertThat(read("error", data)).isNull();
    }

    @Test
    void unknownEventKeepsItsTextToTheCharacter() {
        String data = "{ \"x\" : 1.50 ,\n \"type\":\"later\",\"x\":[ ] }";
        assertThat(read("later", data)).isEqualTo(new UnknownEvent("later", Json.parse(data)));
        assertThat(read("later", data))
                .isInstanceOfSatisfying(
                        UnknownEvent.class,
                        event -> assertThat(event.raw().text()).isEqualTo(data));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Bad Gateway", "<html>", "{broken", "[1]", "\"quoted\"", "upstream: {\"type\":\"ping\"}"})
    void errorEventInWordsKeepsTheWords(String words) {
        assertThat(read("error", words)).isEqualTo(new UnknownEvent("error", Json.of(words)));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[DONE]                                  | bad_json",
                "{                                       | bad_json",
                "{\"type\":\"ping\"                      | bad_json",
                "{\"type\":\"ping\"}}                    | bad_json",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}  | bad_json",
                "{\"type\":\"pi\\qng\"}                  | bad_json",
                "nonsense                                | bad_json",
                "{'type':'ping'}                         | bad_json",
                "[]                                      | not_an_object",
                "[{\"type\":\"ping\"}]                   | not_an_object",
                "7                                       | not_an_object",
                "null                                    | not_an_object",
                "\"x\"                                   | not_an_object",
                "{\"type\":\"content_block_stop\"}       | malformed",
                "{\"type\":\"content_block_stop\",\"index\":\"a\"} | malformed",
                "{\"type\":\"message_start\"}            | malformed",
                "{\"type\":[]}                           | malformed",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":7}} | malformed",
            })
    void dataThatIsNoEventIsTypedByItsReason(String data, String reason) {
        assertThatThrownBy(() -> read("x", data)).isInstanceOfSatisfying(StreamException.class, error -> {
            assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(error.reason()).isEqualTo(reason);
            assertThat(error.origin()).isEqualTo(Origin.PROTOCOL);
            assertThat(error.isRetryable()).isFalse();
            assertThat(error.excerpt()).contains(data);
            assertThat(error.getMessage()).doesNotContain(data);
            assertThat(error.getCause()).isNull();
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"{\"a\":", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":", "[", "{\"a\":[{\"b\":"})
    void nestingBeyondTheLimitIsALimit(String opening) {
        String data = opening.repeat(5_000);
        assertThatThrownBy(() -> read("x", data)).satisfies(error -> assertLimit(error, "json_depth"));
        assertThatThrownBy(() -> read("error", data)).satisfies(error -> assertLimit(error, "json_depth"));
    }

    @Test
    void nestingUpToTheLimitIsRead() {
        String data = "{\"type\":\"later\",\"x\":" + "[".repeat(199) + "]".repeat(199) + "}";
        assertThat(read("later", data)).isInstanceOf(UnknownEvent.class);
        String deeper = "{\"type\":\"later\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}";
        assertThatThrownBy(() -> read("later", deeper)).satisfies(error -> assertLimit(error, "json_depth"));
    }

    @Test
    void partsBeyondTheParsersBoundsAreALimit() {
        String digits = "{\"type\":\"later\",\"x\":" + "9".repeat(101) + "}";
        String name = "{\"type\":\"later\",\"" + "n".repeat(1_025) + "\":1}";
        String text = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                + "x".repeat((16 << 20) + 1) + "\"}}";
        for (String data : List.of(digits, name, text)) {
            assertThatThrownBy(() -> read("x", data)).satisfies(error -> assertLimit(error, "json_size"));
        }
    }

    private static void assertLimit(Throwable thrown, String reason) {
        assertThat(thrown).isInstanceOfSatisfying(StreamException.class, error -> {
            assertThat(error.kind()).isEqualTo(Kind.LIMIT);
            assertThat(error.reason()).isEqualTo(reason);
            assertThat(error.origin()).isEqualTo(Origin.LIMIT);
        });
    }

    @Test
    void textAtTheBoundIsWhole() {
        String text = "x".repeat((16 << 20) - 200);
        StreamEvent event = read(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                        + "\"}}");
        assertThat(event)
                .isInstanceOfSatisfying(
                        ContentBlockDelta.class,
                        delta -> assertThat(((TextDelta) delta.delta()).text().equals(text))
                                .isTrue());
    }

    @Test
    void eventsAreTheirTypesWhateverTheFrameIsCalled() {
        assertThat(read("x", "{\"type\":\"content_block_stop\",\"index\":1e0}")).isEqualTo(new ContentBlockStop(1));
        assertThat(read("", "{\"type\":\"message_stop\",\"x\":1}")).isEqualTo(new MessageStop(Json.parse("{\"x\":1}")));
        assertThat(read("", "{\"type\":\"ping\"}")).isEqualTo(new Ping());
    }

    private @Nullable StreamEvent read(String name, String data) {
        return reader.read(new SseFrame(name, data, ""));
    }
}
