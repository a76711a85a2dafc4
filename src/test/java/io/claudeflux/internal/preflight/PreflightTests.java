package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.Finding;
import io.claudeflux.message.CacheControl;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightTests {
    private static final Preflight.Terms TERMS = new Preflight.Terms("2023-06-01", Set.of());

    static Stream<Case> bad() {
        return Stream.concat(BadRequests.all(), BadConversations.all());
    }

    static Stream<Case> good() {
        return GoodRequests.all();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsFound(Case bad) {
        List<Finding> found = bad.found();

        assertThat(found.stream().map(Case::line)).containsExactlyInAnyOrderElementsOf(bad.findings());
        assertThat(found).allSatisfy(finding -> {
            assertThat(finding.rule()).isNotBlank();
            assertThat(finding.fix()).isNotBlank();
            assertThat(finding.source()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsRightIsLeftAlone(Case good) {
        assertThat(good.found()).isEmpty();
    }

    @Test
    void allThatIsWrongIsFoundAtOnce() {
        MessageRequest request = Case.request(
                "{'model':'','max_tokens':-1,'stop_sequences':[''],'temperature':7,'tool_choice':{'type':'any'},"
                        + "'messages':[{'role':'user','content':''},{'role':'assistant','content':[{'type':'tool_use','id':'a',"
                        + "'name':'get','input':{}}]}]}");

        assertThat(Preflight.check(request, TERMS).stream()
                        .filter(Finding::isRefusal)
                        .map(Finding::path))
                .containsExactlyInAnyOrder(
                        "model",
                        "max_tokens",
                        "stop_sequences[0]",
                        "temperature",
                        "tool_choice",
                        "messages[0].content",
                        "messages[1].content[0].id");
    }

    @Test
    void rawBlocksOfKnownTypesAreReadLikeTypedOnes() {
        UnknownBlock call =
                UnknownBlock.of(Json.parse("{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"get\",\"input\":{}}"));
        UnknownBlock result = UnknownBlock.of(Json.parse("{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}"));

        assertThat(check(assistant(call), MessageParam.user(result))).isEmpty();
        assertThat(check(assistant(call), MessageParam.user("Hi")))
                .containsExactly("REFUSED messages[1].content[0].id is 'a', and the next turn has no result for it");
        assertThat(check(assistant(new ToolUseBlock("a", "get", Json.emptyObject())), MessageParam.user(result)))
                .isEmpty();
    }

    @Test
    void aBlockThatCannotBeReadMakesNothingElseWrong() {
        UnknownBlock half = new UnknownBlock("tool_use", Json.trusted("{\"type\":\"tool_use\",\"id\":7}"));

        assertThat(check(assistant(half), MessageParam.user(ToolResultBlock.of("7", "ok"))))
                .containsExactlyInAnyOrder(
                        "WARNING messages[1].content[0] is no 'tool_use' block as this version knows it",
                        "WARNING messages[2].content[0].tool_use_id is '7', and no tool_use of the turn before has that id");
    }

    @Test
    void anAnswerWithItsResultsCanAlwaysBeSentBack() {
        Message answer = Message.builder("msg_1", "claude-sonnet-5-5")
                .content(List.of(
                        new TextBlock(""),
                        new ToolUseBlock("a", "get", Json.emptyObject(), "{\"half", null, Json.emptyObject()),
                        UnknownBlock.of(Json.parse("{\"type\":\"server_tool_use\",\"id\":\"s\"}")),
                        UnknownBlock.of(Json.parse("{\"type\":\"novel_tool_result\",\"tool_use_id\":\"s\"}"))))
                .build();

        assertThat(check(answer.toParam(), MessageParam.user(ToolResultBlock.error("a", "cut"))))
                .noneMatch(line -> line.startsWith("REFUSED"));
    }

    @Test
    void aBudgetIsLookedForAmongTheFieldsThatOnlyTheServerKnows() {
        Json raw = Json.parse("{\"type\":\"enabled\",\"mood\":1}");
        MessageRequest request = Case.request("{}").toBuilder()
                .thinking(new Thinking.UnknownThinking("enabled", raw))
                .build();

        assertThat(Preflight.check(request, TERMS).stream().map(Case::line))
                .containsExactly("REFUSED thinking.budget_tokens is missing or no number");
    }

    @Test
    void aHundredThousandTurnsAreTheMost() {
        MessageRequest most = Case.request("{}").toBuilder()
                .messages(Collections.nCopies(100_000, MessageParam.user("Hi")))
                .build();
        MessageRequest more = most.toBuilder().message(MessageParam.user("Hi")).build();

        assertThat(Preflight.check(most, TERMS)).isEmpty();
        assertThat(Preflight.check(more, TERMS).stream().map(Case::line))
                .containsExactly("REFUSED messages has 100001 entries");
    }

    @Test
    void nothingOfThePromptIsShown() {
        String prompt = "Walrus tusks polish themselves in spring. ".repeat(20) + "\n\u202E";
        MessageRequest request = Case.request("{}").toBuilder()
                .model(prompt)
                .message(assistant(new ToolUseBlock(prompt, prompt, Json.of(prompt))))
                .system(List.of(new TextBlock(prompt), new TextBlock("").withCacheControl(CacheControl.oneHour())))
                .build();

        assertThat(Preflight.check(request, TERMS)).hasSizeGreaterThan(2).allSatisfy(finding -> {
            assertThat(finding.toString().length()).isLessThan(500);
            assertThat(finding.toString()).doesNotContain("Walrus", "\n", "\u202E");
        });
    }

    private static List<String> check(MessageParam... behind) {
        MessageRequest request = Case.request("{}");
        for (MessageParam turn : behind) {
            request = request.toBuilder().message(turn).build();
        }
        return Preflight.check(request, TERMS).stream().map(Case::line).toList();
    }

    private static MessageParam assistant(ContentBlock... blocks) {
        return new MessageParam(Role.ASSISTANT, List.of(blocks));
    }
}
