package io.claudeflux.stream;

import static io.claudeflux.stream.Events.block;
import static io.claudeflux.stream.Events.change;
import static io.claudeflux.stream.Events.cite;
import static io.claudeflux.stream.Events.d;
import static io.claudeflux.stream.Events.delta;
import static io.claudeflux.stream.Events.done;
import static io.claudeflux.stream.Events.end;
import static io.claudeflux.stream.Events.fold;
import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.raw;
import static io.claudeflux.stream.Events.signature;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.text;
import static io.claudeflux.stream.Events.thinking;
import static io.claudeflux.stream.Events.thought;
import static io.claudeflux.stream.Events.tool;
import static io.claudeflux.stream.Events.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Container;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which events become the message of the non-streaming call. */
class MessageAccumulatorTests {
    private static final String FULL_START =
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                    + "\"container\":{\"id\":\"c1\",\"expires_at\":\"t\"},\"diagnostics\":{\"cache_miss_reason\":null},"
                    + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1,\"cache_creation_input_tokens\":3,"
                    + "\"cache_read_input_tokens\":4,\"cache_creation\":{\"ephemeral_5m_input_tokens\":3},"
                    + "\"server_tool_use\":{\"web_search_requests\":1},\"output_tokens_details\":{\"thinking_tokens\":1},"
                    + "\"service_tier\":\"priority\",\"speed\":\"fast\",\"inference_geo\":\"eu\",\"iterations\":[1]}}}";

    private static StreamEvent fullStart() {
        return Json.parse(FULL_START).as(StreamEvent.class);
    }

    @ParameterizedTest
    @EnumSource(Transcripts.class)
    void transcriptGivesItsTwin(Transcripts transcript) {
        Message folded = fold(Events.of(transcript).toArray(new StreamEvent[0])).snapshot();
        Message twin = Json.parse(transcript.messageJson()).as(Message.class);
        if (transcript == Transcripts.SEARCH_CITATIONS_MAX_TOKENS) {
            // The twin's last call has an empty input; the fold also keeps what was cut.
            assertThat(Json.of(folded)).isEqualTo(Json.of(twin));
        } else {
            assertThat(folded).isEqualTo(twin);
        }
    }

    @Test
    void usageOfTheDeltaReplacesAndNullsEraseNothing() {
        Usage usage = fold(
                        fullStart(),
                        change(
                                "{\"stop_reason\":\"end_turn\"}",
                                "{\"output_tokens\":64,\"input_tokens\":null,\"cache_creation_input_tokens\":null,"
                                        + "\"cache_read_input_tokens\":null,\"server_tool_use\":null,"
                                        + "\"output_tokens_details\":null,\"iterations\":null}"))
                .snapshot()
                .usage();
        Usage before = fold(fullStart()).snapshot().usage();

        assertThat(usage.outputTokens()).isEqualTo(64);
        assertThat(usage)
                .usingRecursiveComparison()
                .ignoringFields("outputTokens")
                .isEqualTo(before);
    }

    @Test
    void usageIsATotalAndNeverAdded() {
        Usage usage = fold(
                        fullStart(),
                        change("{}", "{\"output_tokens\":64,\"input_tokens\":5120,\"cache_read_input_tokens\":0}"),
                        change(
                                "{}",
                                "{\"output_tokens\":70,\"server_tool_use\":{\"web_search_requests\":2},"
                                        + "\"iterations\":[1,2]}"))
                .snapshot()
                .usage();
        assertThat(usage.outputTokens()).isEqualTo(70);
        assertThat(usage.inputTokens()).isEqualTo(5120);
        assertThat(usage.cacheReadInputTokens()).isZero();
        assertThat(usage.cacheCreationInputTokens()).isEqualTo(3);
        assertThat(usage.serverToolUse()).isEqualTo(new Usage.ServerToolUse(2, 0, Json.emptyObject()));
        assertThat(usage.extra()).isEqualTo(Json.parse("{\"iterations\":[1,2]}"));
        assertThat(usage.serviceTier()).hasToString("priority");
        assertThat(usage.inferenceGeo()).isEqualTo("eu");
    }

    @Test
    void whatTheStartHasToldIsNotToldTwiceWhereAGatewayRepeatsIt() {
        Message message = fold(
                        fullStart(),
                        change(
                                "{}",
                                "{\"output_tokens\":70,\"service_tier\":\"priority\",\"inference_geo\":\"eu\",\"x\":1}"))
                .snapshot();
        assertThat(message.usage().extra()).isEqualTo(Json.parse("{\"iterations\":[1],\"x\":1}"));
        assertThat(Json.of(message).text()).containsOnlyOnce("service_tier").containsOnlyOnce("inference_geo");
    }

    @Test
    void missingStopFieldsStandAndNullOnesAreCleared() {
        MessageDelta first = change("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}", "{}");
        Message kept =
                fold(start(), first, change("{}", "{\"output_tokens\":9}")).snapshot();
        assertThat(kept.stopReason()).isEqualTo(StopReason.STOP_SEQUENCE);
        assertThat(kept.stopSequence()).isEqualTo("END");

        Message cleared = fold(start(), first, change("{\"stop_reason\":\"end_turn\",\"stop_sequence\":null}", "{}"))
                .snapshot();
        assertThat(cleared.stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(cleared.stopSequence()).isNull();

        MessageDelta refused = change("{\"stop_reason\":\"refusal\",\"stop_details\":{\"type\":\"refusal\"}}", "{}");
        assertThat(fold(start(), refused).snapshot().stopDetails()).isNotNull();
        assertThat(fold(start(), refused, change("{\"stop_details\":null}", "{}"))
                        .snapshot()
                        .stopDetails())
                .isNull();
    }

    @Test
    void containerOfNullIsNoNews() {
        Container container = new Container("c1", "t", Json.emptyObject());
        assertThat(fold(fullStart(), change("{\"container\":null}", "{}"))
                        .snapshot()
                        .container())
                .isEqualTo(container);
        assertThat(fold(fullStart(), change("{\"container\":{\"id\":\"c2\"}}", "{}"))
                        .snapshot()
                        .container())
                .isEqualTo(new Container("c2", null, Json.emptyObject()));
    }

    @Test
    void siblingsOfLaterDaysAreLaidOverThoseOfTheStart() {
        StreamEvent change = Json.parse(
                        "{\"type\":\"message_delta\",\"delta\":{\"mood\":\"fine\"},\"usage\":{\"output_tokens\":1},"
                                + "\"context_management\":{\"applied_edits\":[]},\"diagnostics\":null}")
                .as(StreamEvent.class);
        Message folded = fold(fullStart(), change).snapshot();
        assertThat(folded.extra())
                .isEqualTo(Json.parse("{\"mood\":\"fine\",\"context_management\":{\"applied_edits\":[]}}"));
        assertThat(folded.diagnostics()).isNotNull();
    }

    @Test
    void fallbackBlockNamesTheModelAndTheLastOneWins() {
        String first = "{\"type\":\"fallback\",\"from\":{\"model\":\"m\"},\"to\":{\"model\":\"m2\"}}";
        String second = "{\"type\":\"fallback\",\"from\":{\"model\":\"m2\"},\"to\":{\"model\":\"m3\"}}";
        assertThat(fold(start(), raw(0, first), stop(0)).snapshot().model()).isEqualTo("m2");
        assertThat(fold(start(), raw(0, first), stop(0), raw(1, second))
                        .snapshot()
                        .model())
                .isEqualTo("m3");
        assertThat(fold(start(), raw(0, "{\"type\":\"fallback\",\"to\":{}}"))
                        .snapshot()
                        .model())
                .isEqualTo("m");
    }

    @Test
    void compactionIsAssigned() {
        String seed = "{\"type\":\"compaction\",\"content\":\"old\",\"encrypted_content\":\"e0\",\"signature\":\"s\"}";
        assertThat(block(
                        start(),
                        raw(0, seed),
                        delta(0, "{\"type\":\"compaction_delta\",\"content\":\"new\"}"),
                        stop(0)))
                .isEqualTo(unknown("{\"type\":\"compaction\",\"content\":\"new\",\"encrypted_content\":\"e0\","
                        + "\"signature\":\"s\"}"));
        assertThat(block(start(), raw(0, seed), delta(0, "{\"type\":\"compaction_delta\",\"content\":null}")))
                .isEqualTo(unknown("{\"type\":\"compaction\",\"content\":null,\"encrypted_content\":\"e0\","
                        + "\"signature\":\"s\"}"));
        assertThat(block(
                        start(),
                        raw(0, seed),
                        delta(0, "{\"type\":\"compaction_delta\",\"content\":\"a\",\"encrypted_content\":\"e1\"}"),
                        delta(0, "{\"type\":\"compaction_delta\",\"content\":\"b\",\"encrypted_content\":null}")))
                .isEqualTo(unknown("{\"type\":\"compaction\",\"content\":\"b\",\"encrypted_content\":\"e1\","
                        + "\"signature\":\"s\"}"));
    }

    @Test
    void citationsAreAppended() {
        TextBlock block = (TextBlock) block(
                start(),
                raw(0, "{\"type\":\"text\",\"text\":\"a\",\"citations\":null}"),
                cite(0, "{\"type\":\"page_location\",\"cited_text\":\"x\"}"),
                d(0, "b"),
                cite(0, "{\"type\":\"dream_location\"}"),
                stop(0));
        assertThat(block.text()).isEqualTo("ab");
        assertThat(block.citations())
                .extracting(citation -> citation.type())
                .containsExactly("page_location", "dream_location");
        assertThat(block.citations().get(0).citedText()).contains("x");
    }

    @Test
    void signatureIsAssigned() {
        assertThat(block(
                        start(), thinking(0), thought(0, "a"), thought(0, "b"), signature(0, "s1"), signature(0, "s2")))
                .isEqualTo(new ThinkingBlock("ab", "s2"));
        assertThat(block(start(), thinking(0), signature(0, "s"), stop(0))).isEqualTo(new ThinkingBlock("", "s"));
        assertThat(block(start(), raw(0, "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"s0\"}"), stop(0)))
                .isEqualTo(new ThinkingBlock("x", "s0"));
    }

    @Test
    void unknownDeltaAndUnknownEventsChangeNothing() {
        StreamEvent strange = new UnknownEvent("future", Json.parse("{\"type\":\"future\"}"));
        Message with = fold(
                        strange,
                        start(),
                        new Ping(),
                        text(0),
                        delta(0, "{\"type\":\"hologram_delta\",\"text\":\"no\"}"),
                        d(0, "a"),
                        strange,
                        stop(0),
                        end(),
                        new Ping(),
                        done())
                .message();
        assertThat(with)
                .isEqualTo(fold(start(), text(0), d(0, "a"), stop(0), end(), done())
                        .message());
    }

    @Test
    void interleavedBlocksAreKeptApartAndOrderedByIndex() {
        Message message = fold(
                        start(),
                        text(2),
                        text(0),
                        tool(1),
                        d(2, "c"),
                        d(0, "a"),
                        input(1, "{\"x\":"),
                        d(2, "C"),
                        stop(2),
                        input(1, "1}"),
                        d(0, "A"),
                        stop(0),
                        stop(1))
                .snapshot();
        assertThat(message.content())
                .containsExactly(
                        new TextBlock("aA"), new ToolUseBlock("t1", "n", Json.parse("{\"x\":1}")), new TextBlock("cC"));
        assertThat(message.text()).isEqualTo("aAcC");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", " ", " \n "})
    void toolWithoutArgumentsHasAnEmptyInput(String fragment) {
        ToolUseBlock expected = new ToolUseBlock("t0", "n", Json.emptyObject());
        assertThat(block(start(), tool(0), stop(0))).isEqualTo(expected);
        assertThat(block(start(), tool(0), input(0, fragment), input(0, fragment), stop(0)))
                .isEqualTo(expected);
    }

    @Test
    void toolInputIsTheTextThatCame() {
        ToolUseBlock tool = (ToolUseBlock)
                block(start(), tool(0), input(0, ""), input(0, "{ \"n\" : 1e3,"), input(0, "\"é\":1.0 } "), stop(0));
        assertThat(tool.isInputValid()).isTrue();
        assertThat(tool.input().text()).contains("{ \"n\" : 1e3,\"é\":1.0 }");
        assertThat(tool.malformedInput()).isEmpty();
    }

    @ParameterizedTest(name = "{0} shows {1} while open")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"text\":\"The harb | {\"text\":\"The harb\"}",
                "{\"a\":1             | {}",
                "{\"a\":1}}           | {}",
                "[1,2]                | {}",
                "nonsense             | {}",
                "7                    | {}",
            })
    void toolInputThatIsNoObjectIsKeptAsTextBesideAnEmptyOne(String text, String whileOpen) {
        ToolUseBlock open = (ToolUseBlock) block(start(), tool(0), input(0, text));
        assertThat(open.input()).isEqualTo(Json.parse(whileOpen));
        assertThat(open.isInputValid()).isFalse();

        ToolUseBlock stopped = (ToolUseBlock) block(start(), tool(0), input(0, text), stop(0));
        assertThat(stopped.input()).isEqualTo(Json.emptyObject());
        assertThat(stopped.malformedInput()).contains(text);
    }

    @Test
    void serverToolsInputIsPutTogetherToo() {
        Json query = Json.parse("{\"query\":\"harbour\"}");
        assertThat(searched("server_tool_use"))
                .isEqualTo(new ServerToolUseBlock("s", ServerToolName.WEB_SEARCH, query));
        assertThat(searched("mcp_tool_use"))
                .isEqualTo(unknown("{\"type\":\"mcp_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":"
                        + query.text() + "}"));
    }

    private static ContentBlock searched(String type) {
        return block(
                start(),
                raw(0, "{\"type\":\"" + type + "\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}"),
                input(0, ""),
                input(0, "{\"query\":\"har"),
                input(0, "bour\"}"),
                stop(0));
    }

    @Test
    void eventsThatCannotStandThereAreRefused() {
        for (StreamEvent stray : List.of(d(0, "a"), stop(0), input(3, "{}"))) {
            assertThatIllegalStateException().isThrownBy(() -> fold(start(), stray));
        }
        assertThatIllegalStateException().isThrownBy(() -> fold(start(), text(0), text(0)));
        assertThatIllegalStateException().isThrownBy(() -> fold(start(), start()));
        assertThatIllegalStateException().isThrownBy(() -> fold(end()));
        assertThatIllegalStateException().isThrownBy(() -> fold().snapshot());
        assertThatIllegalStateException()
                .isThrownBy(() -> fold(start(), text(0)).message());
    }
}
