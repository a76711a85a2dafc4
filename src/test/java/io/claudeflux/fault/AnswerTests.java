package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.blockStart;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.data;
import static io.claudeflux.fixture.Frames.delta;
import static io.claudeflux.fixture.Frames.frame;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.inputJson;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.signature;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.thinking;
import static io.claudeflux.fixture.Frames.thinkingStart;
import static io.claudeflux.fixture.Frames.toolStart;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownDelta;
import io.claudeflux.stream.UnknownEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group B and the quirks of the wire: what message comes of a stream that is whole. */
@Timeout(60)
class AnswerTests {
    @Test
    @DisplayName("B01 the accumulated message is the one the non-streaming call would give")
    void accumulatedMessageIsTheReference() {
        Json reference = Json.parse("""
                {"id":"msg_t","type":"message","role":"assistant","model":"claude-sonnet-5-5",
                 "content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","stop_sequence":null,
                 "usage":{"input_tokens":10,"output_tokens":5}}""");
        assertThat(answer(good("hi"))).isEqualTo(reference.as(Message.class));
    }

    @ParameterizedTest(name = "B01 {0}")
    @EnumSource(
            value = Transcripts.class,
            names = {"THINKING_TEXT_TOOL", "REFUSAL"})
    void transcriptGivesItsTwin(Transcripts transcript) {
        assertThat(answer(transcript.sse()))
                .isEqualTo(Json.parse(transcript.messageJson()).as(Message.class));
    }

    @Test
    @DisplayName("B01 SEARCH_CITATIONS_MAX_TOKENS, but for the cut input")
    void transcriptWithCutInputGivesItsTwinAndTheRawText() {
        Message twin = Json.parse(Transcripts.SEARCH_CITATIONS_MAX_TOKENS.messageJson())
                .as(Message.class);
        Message message = answer(Transcripts.SEARCH_CITATIONS_MAX_TOKENS.sse());

        assertThat(message.content().subList(0, 3)).isEqualTo(twin.content().subList(0, 3));
        assertThat(message.toBuilder().content(List.of()).build())
                .isEqualTo(twin.toBuilder().content(List.of()).build());
        ToolUseBlock tool = (ToolUseBlock) message.content().get(3);
        assertThat(tool.input()).isEqualTo(Json.emptyObject());
        assertThat(tool.isInputValid()).isFalse();
        assertThat(tool.malformedInput()).contains("{\"text\":\"The harb");
    }

    @Test
    @DisplayName("B03 an unknown event is delivered with its raw JSON")
    void unknownEventIsDelivered() {
        String unknown = "{\"type\":\"future_event\",\"x\":1}";
        List<StreamEvent> events = events(good("hi").replace("\n\n", "\n\n" + frame("future_event", unknown)));

        assertThat(events.stream().filter(UnknownEvent.class::isInstance).distinct())
                .containsExactly(new UnknownEvent("future_event", Json.parse(unknown)));
        assertThat(Expect.text(events)).isEqualTo("hi");
    }

    @Test
    @DisplayName("B03 an unknown event without an event line, known only by its JSON type")
    void unknownEventIsKnownByItsJson() {
        List<StreamEvent> events = events(ms() + bs(0) + data("{\"type\":\"new\"}") + be(0) + md() + st());
        assertThat(events.get(2)).isEqualTo(new UnknownEvent("new", Json.parse("{\"type\":\"new\"}")));
    }

    @Test
    @DisplayName("B04 unknown block and delta types keep their raw JSON")
    void unknownBlocksAndDeltasAreKept() {
        String block = "{\"type\":\"hologram\",\"depth\":3}";
        String change = "{\"type\":\"hologram_delta\",\"voxels\":[1,2]}";
        String frames = ms() + blockStart(0, block) + delta(0, change) + be(0) + md() + st();
        List<StreamEvent> events = events(frames);

        assertThat(((ContentBlockDelta) events.get(2)).delta())
                .isEqualTo(new UnknownDelta("hologram_delta", Json.parse(change)));
        assertThat(answer(frames).content())
                .containsExactly((ContentBlock) new UnknownBlock("hologram", Json.parse(block)));
    }

    @Test
    @DisplayName("B05 unknown fields everywhere are ignored and kept")
    void unknownFieldsAreKept() {
        String frames = good("hi").replace("{\"type\"", "{\"new\":{\"a\":[1]},\"type\"");
        List<StreamEvent> events = events(frames);

        assertThat(Expect.text(events)).isEqualTo("hi");
        MessageStart start = (MessageStart) events.get(0);
        assertThat(start.extra().get("new")).contains(Json.parse("{\"a\":[1]}"));
        assertThat(((ContentBlockDelta) events.get(2)).extra().get("new")).isPresent();
    }

    @Test
    @DisplayName("B12 tool input cut inside an escape and inside a key")
    void toolInputIsPutTogether() {
        Message message = answer(ms()
                + toolStart(0, "t1", "n")
                + inputJson(0, "")
                + inputJson(0, "{\"ci")
                + inputJson(0, "ty\": \"Ren\\u00")
                + inputJson(0, "e9\", \"n\": 1e")
                + inputJson(0, "3}")
                + be(0)
                + md("tool_use")
                + st());
        ToolUseBlock tool = (ToolUseBlock) message.content().get(0);

        assertThat(tool.input()).isEqualTo(Json.parse("{\"city\":\"Ren\u00e9\",\"n\":1e3}"));
        assertThat(tool.isInputValid()).isTrue();
        assertThat(message.stopReason()).isEqualTo(StopReason.of("tool_use"));
    }

    @ParameterizedTest(name = "B14 tool input {0} is kept as text")
    @ValueSource(strings = {"{\"a\":", "[1]", "7", "nonsense"})
    void malformedToolInputIsKept(String input) {
        ToolUseBlock tool =
                (ToolUseBlock) answer(ms() + toolStart(0, "t", "n") + inputJson(0, input) + be(0) + md() + st())
                        .content()
                        .get(0);
        assertThat(tool.input()).isEqualTo(Json.emptyObject());
        assertThat(tool.malformedInput()).contains(input);
    }

    @Test
    @DisplayName("B15 thinking with its signature, then text")
    void thinkingIsAccumulated() {
        Message message = answer(ms()
                + thinkingStart(0)
                + thinking(0, "let me ")
                + thinking(0, "see")
                + signature(0, "c2ln")
                + be(0)
                + bs(1)
                + d(1, "Done.")
                + be(1)
                + md()
                + st());

        assertThat(message.content())
                .containsExactly(
                        new ThinkingBlock("let me see", "c2ln", Json.emptyObject()),
                        new TextBlock("Done.", List.of(), null, Json.emptyObject()));
    }

    @Test
    @DisplayName("B16 thinking that is not shown: a signature alone; redacted thinking whole")
    void hiddenThinkingIsKept() {
        Message message = answer(ms()
                + thinkingStart(0)
                + signature(0, "c2ln")
                + be(0)
                + blockStart(1, "{\"type\":\"redacted_thinking\",\"data\":\"cmVk\"}")
                + be(1)
                + md()
                + st());

        assertThat(message.content().get(0)).isEqualTo(new ThinkingBlock("", "c2ln", Json.emptyObject()));
        assertThat(message.content().get(1))
                .isInstanceOfSatisfying(
                        RedactedThinkingBlock.class,
                        block -> assertThat(block.data()).isEqualTo("cmVk"));
    }

    private static List<StreamEvent> events(String frames) {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(frames), end()))) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            return outcome.events();
        }
    }

    private static Message answer(String frames) {
        try (FaultBench bench = FaultBench.serving(reply(h200(), chunk(frames), end()))) {
            Outcome<Message> created = bench.create();
            assertThat(created.isComplete()).as(created.describe()).isTrue();
            Outcome<Message> folded = bench.observe(
                    bench.client().messages().stream(FaultBench.request()).as(MessageAccumulator::toMessage));
            assertThat(folded.events()).isEqualTo(created.events());
            return created.events().get(0);
        }
    }
}
