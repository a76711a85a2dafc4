package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fault.FaultRow.row;
import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.blockStart;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.delta;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.ping;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.chunksOf;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Outcome;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Shapes that were seen on the wire or in a gateway, beyond the matrix. */
@Timeout(60)
class QuirkTests {
    @TestFactory
    Stream<DynamicTest> stillAnAnswer() {
        return Stream.of(
                row(
                        "many pings during long thinking",
                        reply(
                                h200(),
                                chunk(ms() + bs(0) + ping().repeat(500) + d(0, "hi") + be(0) + md() + st()),
                                end()),
                        done("hi", 506)),
                row(
                        "an integer that comes as a float, and one in scientific notation",
                        reply(
                                h200(),
                                chunk(ms().replace(":10,", ":10.0,")
                                        + bs(0)
                                        + d(0, "hi").replace(":0,", ":0.0,")
                                        + be(0)
                                        + md().replace(":5}", ":5e0}")
                                        + st()),
                                end()),
                        done("hi")),
                row(
                        "a stream in one chunk per frame half",
                        reply(
                                h200(),
                                chunksOf(
                                        (ms() + bs(0) + d(0, "hi") + be(0) + md() + st())
                                                .getBytes(StandardCharsets.UTF_8),
                                        64),
                                end()),
                        done("hi")));
    }

    @Test
    @DisplayName("usage fields that are null erase nothing; the last of two message_deltas counts")
    void nullUsageErasesNothing() {
        Message message = answer(ms()
                + bs(0)
                + d(0, "hi")
                + be(0)
                + frame(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null},"
                                + "\"usage\":{\"output_tokens\":3,\"input_tokens\":25,\"cache_read_input_tokens\":7}}")
                + frame(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"output_tokens\":9,\"input_tokens\":null,\"cache_read_input_tokens\":null}}")
                + st());

        assertThat(message.usage().inputTokens()).isEqualTo(25);
        assertThat(message.usage().cacheReadInputTokens()).isEqualTo(7);
        assertThat(message.usage().outputTokens()).isEqualTo(9);
        assertThat(message.stopReason()).isEqualTo(StopReason.of("end_turn"));
    }

    @Test
    @DisplayName("message_delta without usage")
    void absentUsageErasesNothing() {
        Message message = answer(ms()
                + bs(0)
                + be(0)
                + frame("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}")
                + st());

        assertThat(message.usage().inputTokens()).isEqualTo(10);
        assertThat(message.usage().outputTokens()).isEqualTo(1);
    }

    @Test
    @DisplayName("message_start with little in it")
    void sparseMessageStartIsAccepted() {
        Message message = answer(frame("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}")
                + bs(0)
                + d(0, "hi")
                + be(0)
                + md()
                + st());

        assertThat(message.id()).isEqualTo("m");
        assertThat(message.text()).isEqualTo("hi");
    }

    @Test
    @DisplayName("a text block that starts with text and citations")
    void seededTextBlockKeepsItsText() {
        Message message = answer(ms()
                + blockStart(0, "{\"type\":\"text\",\"text\":\"Hello\",\"citations\":null}")
                + d(0, ", you")
                + be(0)
                + md()
                + st());

        assertThat(message.text()).isEqualTo("Hello, you");
    }

    @Test
    @DisplayName("compaction delta with null content, encrypted content absent")
    void compactionWithNullContent() {
        Message message = answer(ms()
                + blockStart(0, "{\"type\":\"compaction\",\"content\":\"\"}")
                + delta(0, "{\"type\":\"compaction_delta\",\"content\":null}")
                + be(0)
                + md("compaction")
                + st());

        UnknownBlock block = (UnknownBlock) message.content().get(0);
        assertThat(block.raw()).isEqualTo(Json.parse("{\"type\":\"compaction\",\"content\":null}"));
    }

    @Test
    @DisplayName("a fallback block changes the model")
    void fallbackChangesTheModel() {
        Message message = answer(ms()
                + bs(0)
                + d(0, "a")
                + be(0)
                + blockStart(
                        1,
                        "{\"type\":\"fallback\",\"from\":{\"model\":\"claude-sonnet-5-5\"},\"to\":{\"model\":\"claude-haiku-5-5\"}}")
                + be(1)
                + bs(2)
                + d(2, "b")
                + be(2)
                + md()
                + st());

        assertThat(message.model()).isEqualTo("claude-haiku-5-5");
        assertThat(message.text()).isEqualTo("ab");
    }

    @Test
    @DisplayName("context_management beside the delta is kept")
    void siblingsOfTheDeltaAreKept() {
        Message message = answer(ms()
                + bs(0)
                + be(0)
                + frame(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"context_management\":{\"applied_edits\":[]},\"usage\":{\"output_tokens\":2}}")
                + st());

        assertThat(message.extra().get("context_management")).contains(Json.parse("{\"applied_edits\":[]}"));
    }

    @Test
    @DisplayName("a block that arrives whole, 3 MB on one line, in pieces")
    void veryLongLineIsLinear() {
        String page = "x".repeat(3 << 20);
        String frames = ms()
                + blockStart(0, "{\"type\":\"web_fetch_tool_result\",\"content\":\"" + page + "\"}")
                + be(0)
                + md()
                + st();
        try (FaultBench bench =
                FaultBench.serving(reply(h200(), chunksOf(frames.getBytes(StandardCharsets.UTF_8), 1000), end()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            UnknownBlock block =
                    (UnknownBlock) ((ContentBlockStart) outcome.events().get(1)).contentBlock();
            assertThat(block.raw().text()).hasSizeGreaterThan(3 << 20);
        }
    }

    private static Message answer(String frames) {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(frames), end()))) {
            Outcome<Message> outcome = bench.create();
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            return outcome.events().get(0);
        }
    }
}
