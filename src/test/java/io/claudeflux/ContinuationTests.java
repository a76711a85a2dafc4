package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.Role;
import io.claudeflux.message.ServerToolName;
import io.claudeflux.message.ServerToolUseBlock;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.UsageReport;
import io.claudeflux.message.WebSearchToolResultBlock;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which request asks for the rest of which answer, and which answers have no such request. */
class ContinuationTests {
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .system("Be brief.")
            .user("How deep is it?")
            .build();
    private static final String SECRET = "harbour";
    private static final ContentBlock SAID = new TextBlock("The " + SECRET + " is");
    private static final ContentBlock THOUGHT = new ThinkingBlock("Look it up: " + SECRET, "sig");
    private static final ContentBlock SEARCH =
            raw("{\"type\":\"server_tool_use\",\"id\":\"srv_1\",\"name\":\"web_search\",\"input\":{\"query\":\""
                    + SECRET + "\"}}");
    private static final ContentBlock FOUND =
            raw("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srv_1\",\"content\":[]}");
    private static final ContentBlock TYPED_SEARCH =
            new ServerToolUseBlock("srv_1", ServerToolName.WEB_SEARCH, Json.of(Map.of("query", SECRET)));
    private static final ContentBlock TYPED_FOUND =
            new WebSearchToolResultBlock("srv_1", new WebSearchToolResultBlock.Results(List.of()));
    private static final ContentBlock CALL =
            new ToolUseBlock("toolu_1", "get_depth", Json.parse("{\"of\":\"" + SECRET + "\"}"));

    private static ContentBlock raw(String json) {
        return UnknownBlock.of(Json.parse(json));
    }

    private static PartialMessage partial(Message message, boolean isTruncated, Integer... open) {
        return new PartialMessage(message, List.of(open), isTruncated, new UsageReport(message.usage(), false));
    }

    private static PartialMessage finished(ContentBlock... content) {
        return partial(Message.builder("msg_1", "m").content(List.of(content)).build(), false);
    }

    /** The last block is open. */
    private static PartialMessage open(ContentBlock... content) {
        Message message =
                Message.builder("msg_1", "m").content(List.of(content)).build();
        return partial(message, false, content.length - 1);
    }

    private static PartialMessage text(String text) {
        return open(new TextBlock(text));
    }

    private static List<ContentBlock> assistant(PartialMessage partial) {
        MessageRequest request = Continuation.of(partial, REQUEST);
        assertThat(request.messages())
                .extracting(MessageParam::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(request.toBuilder().messages(REQUEST.messages()).build()).isEqualTo(REQUEST);
        assertThat(request.messages().get(0)).isEqualTo(REQUEST.messages().get(0));
        return request.messages().get(1).content();
    }

    private static String instruction(PartialMessage partial) {
        List<MessageParam> turns = Continuation.of(partial, REQUEST).messages();
        return ((TextBlock) turns.get(turns.size() - 1).content().get(0)).text();
    }

    private static void assertRefused(PartialMessage partial, MessageRequest request, String... words) {
        ConfigurationException refusal =
                catchThrowableOfType(ConfigurationException.class, () -> Continuation.of(partial, request));
        assertThat(refusal).isNotNull().hasMessageStartingWith("this answer cannot be continued: ");
        assertThat(refusal.setting()).isEqualTo("partial");
        assertThat(refusal).hasMessageContainingAll(words).hasMessageNotContaining(SECRET);
    }

    static Stream<Arguments> refused() {
        ContentBlock otherResult =
                raw("{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srv_2\",\"content\":[]}");
        ContentBlock mcp = raw("{\"type\":\"mcp_tool_use\",\"id\":\"mcp_1\",\"name\":\"n\",\"input\":{}}");
        return Stream.of(
                Arguments.of("half a tool call", open(SAID, CALL), "block 1 is half a tool call"),
                Arguments.of("a tool call", finished(SAID, CALL), "block 1 is a tool call that waits for its result"),
                Arguments.of("a tool call before text", open(CALL, SAID), "block 0 is a tool call that waits"),
                Arguments.of("half a server tool call", open(SAID, SEARCH), "block 1 was not finished"),
                Arguments.of("half an MCP call", open(mcp), "block 0 was not finished"),
                Arguments.of("a server tool call", finished(SAID, SEARCH), "block 1 is a call of a server's tool"),
                Arguments.of(
                        "a server tool call and another's result", finished(SEARCH, otherResult), "block 0 is a call"),
                Arguments.of("a result before its call", finished(FOUND, SEARCH), "block 1 is a call"),
                Arguments.of("half a typed call", open(SAID, TYPED_SEARCH), "block 1 was not finished"),
                Arguments.of("a typed call", finished(SAID, TYPED_SEARCH), "block 1 is a call of a server's tool"),
                Arguments.of(
                        "a typed call and another's result", finished(TYPED_SEARCH, otherResult), "block 0 is a call"),
                Arguments.of("a typed result before its call", finished(TYPED_FOUND, SEARCH), "block 1 is a call"),
                Arguments.of("an MCP call", finished(mcp), "block 0 is a call of a server's tool"),
                Arguments.of(
                        "a server tool call without id",
                        finished(raw("{\"type\":\"server_tool_use\"}")),
                        "block 0 is a call"),
                Arguments.of("open thinking", open(new ThinkingBlock(SECRET, "")), "block 0 is thinking without"),
                Arguments.of("open signed thinking", open(THOUGHT), "block 0 is thinking without"),
                Arguments.of(
                        "unsigned thinking", open(new ThinkingBlock(SECRET, ""), SAID), "block 0 is thinking without"),
                Arguments.of("open redacted thinking", open(new RedactedThinkingBlock(SECRET)), "block 0 is thinking"),
                Arguments.of(
                        "an open block of days to come",
                        open(SAID, raw("{\"type\":\"song\"}")),
                        "block 1 was not finished"),
                Arguments.of("an open result", open(SEARCH, FOUND), "block 1 was not finished"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, PartialMessage partial, String words) {
        assertRefused(partial, REQUEST, words);
    }

    @Test
    void refusesWhatIsTruncated() {
        Message message = Message.builder("msg_1", "m").content(List.of(SAID)).build();
        assertRefused(partial(message, true, 0), REQUEST, "Limits.maxPartialChars");
        Message ended = message.toBuilder().stopReason(StopReason.END_TURN).build();
        assertRefused(partial(ended, true), REQUEST, "Limits.maxPartialChars");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "end_turn, take partial.message()",
        "stop_sequence, take partial.message()",
        "refusal, take partial.message()",
        "word_of_days_to_come, take partial.message()",
        "max_tokens, ask for more in a user turn of your own",
        "model_context_window_exceeded, limit of its length",
        "pause_turn, send partial.message().toParam() as the last turn",
        "tool_use, run its tools"
    })
    void refusesWhatHasAStopReason(String reason, String next) {
        Message message = Message.builder("msg_1", "m")
                .content(List.of(SAID))
                .stopReason(StopReason.of(reason))
                .build();
        assertRefused(partial(message, false), REQUEST, "the answer is whole", next);
    }

    @Test
    void refusesHalfADocumentOfAFormatUnlessNothingHasArrived() {
        MessageRequest formatted = REQUEST.toBuilder()
                .outputConfig(OutputConfig.jsonSchema(Json.parse("{\"type\":\"object\"}")))
                .build();
        assertRefused(text("{\"of\":\"" + SECRET), formatted, "output format");
        assertThat(Continuation.of(text(""), formatted)).isSameAs(formatted);
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                Arguments.of("no block", finished()),
                Arguments.of("an empty text", text("")),
                Arguments.of("white space", text(" \n\u00a0\t")),
                Arguments.of("white space in two blocks", finished(new TextBlock("\n"), new TextBlock(" "))),
                Arguments.of("thinking", finished(THOUGHT)),
                Arguments.of(
                        "thinking and an empty text",
                        open(THOUGHT, new RedactedThinkingBlock("x"), new TextBlock(""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothing")
    void whereNothingWasSaidTheRequestIsSentAsItIs(String name, PartialMessage partial) {
        assertThat(Continuation.of(partial, REQUEST)).isSameAs(REQUEST);
    }

    @Test
    void finishedBlocksGoBackAsTheyCameAndTheOpenTextAsFarAsItGot() {
        ContentBlock listing = raw("{\"type\":\"mcp_tool_listing\",\"tools\":[]}");
        ContentBlock redacted = new RedactedThinkingBlock("x");
        ContentBlock cited = new TextBlock(
                "It is 12 m",
                List.of(new Citation.UnknownCitation("page", Json.parse("{\"type\":\"page\"}"))),
                null,
                Json.emptyObject());

        assertThat(assistant(open(THOUGHT, redacted, SEARCH, FOUND, listing, cited)))
                .containsExactly(THOUGHT, redacted, SEARCH, FOUND, listing, cited);
    }

    @Test
    void blankTextAndThinkingAtTheEndAreLeftOut() {
        assertThat(assistant(open(new TextBlock(""), THOUGHT, SAID, new TextBlock("\n\n"))))
                .containsExactly(THOUGHT, SAID);
        assertThat(assistant(open(THOUGHT, SAID, THOUGHT, new TextBlock("")))).containsExactly(THOUGHT, SAID);
        assertThat(assistant(finished(SAID, new RedactedThinkingBlock("x")))).containsExactly(SAID);
    }

    @Test
    void blankTextAtTheEndIsStillPartOfWhatIsQuoted() {
        assertThat(instruction(open(new TextBlock("A title"), new TextBlock("\n\n"))))
                .contains("<received>A title\n\n</received>", "It ends in white space");
    }

    @Test
    void behindAServersToolTheInstructionSaysSo() {
        assertThat(assistant(finished(SEARCH, FOUND))).containsExactly(SEARCH, FOUND);
        assertThat(assistant(finished(TYPED_SEARCH, TYPED_FOUND))).containsExactly(TYPED_SEARCH, TYPED_FOUND);
        assertThat(instruction(finished(SEARCH, FOUND)))
                .contains("No text had been received yet")
                .doesNotContain("<received");
        assertThat(instruction(finished(SAID, SEARCH, FOUND)))
                .contains("<received>The harbour is</received>", "go on behind it");
        assertThat(instruction(finished(SAID))).doesNotContain("go on behind it");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'A whole word and a bl', 'in the middle of a word or a number'",
        "'Depth: 12', 'in the middle of a word or a number'",
        "'深い', 'in the middle of a word or a number'",
        "'Behind a space ', 'It ends in white space'",
        "'A sentence.', 'If a space or a line break comes next'",
        "'A wave 🌊', 'If a space or a line break comes next'"
    })
    void theInstructionFitsTheSeam(String text, String words) {
        assertThat(instruction(text(text)))
                .contains(
                        "\n\n<received>" + text + "</received>\n\n",
                        words,
                        "do not repeat",
                        "the character that comes next");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 499, 500, 501, 5_000})
    void theLast500CharactersAreQuoted(int length) {
        String text = "x".repeat(length - 1) + "!";
        String quoted = length <= 500 ? text : "x".repeat(499) + "!";
        assertThat(instruction(text(text))).contains("<received>" + quoted + "</received>");
    }

    @Test
    void aSurrogatePairIsQuotedWholeOrNotAtAll() {
        assertThat(instruction(text("🌊" + "x".repeat(499)))).contains("<received>" + "x".repeat(499) + "<");
        assertThat(instruction(text("🌊" + "x".repeat(498)))).contains("<received>🌊x");
        assertThat(instruction(text("a🌊" + "x".repeat(498)))).contains("<received>🌊x");
    }

    @Test
    void theTagIsOneThatTheTextDoesNotHold() {
        assertThat(instruction(text("</received> and <received-2>")))
                .contains("<received-3></received> and <received-2></received-3>");
    }

    @Test
    void aRequestThatEndsInAnAnswerBegunForTheModelIsContinuedToo() {
        MessageRequest prefilled = REQUEST.toBuilder().assistant("The").build();
        assertThat(Continuation.of(text(" depth"), prefilled).messages())
                .extracting(MessageParam::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.ASSISTANT, Role.USER);
    }

    @Test
    void aRecordedSearchIsContinuedOnlyWhereItsAnswerIsSafe() {
        List<StreamEvent> events = Transcripts.SEARCH_CITATIONS_MAX_TOKENS
                .sse()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)).as(StreamEvent.class))
                .toList();
        MessageAccumulator message = new MessageAccumulator();
        List<String> asked = events.stream()
                .map(message::add)
                .map(MessageAccumulator::partial)
                .map(ContinuationTests::asked)
                .toList();

        assertThat(asked).startsWith("same", "refused", "refused", "refused").endsWith("refused");
        assertThat(asked).contains("continued");
    }

    private static String asked(PartialMessage partial) {
        try {
            return Continuation.of(partial, REQUEST).equals(REQUEST) ? "same" : "continued";
        } catch (ConfigurationException refusal) {
            return "refused";
        }
    }
}
