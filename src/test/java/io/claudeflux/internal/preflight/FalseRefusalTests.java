package io.claudeflux.internal.preflight;

import static io.claudeflux.internal.preflight.Case.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.claudeflux.error.Finding;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.UnknownTool;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that look wrong and that the API takes, or may: at most warned about. */
class FalseRefusalTests {
    private static final Preflight.Terms TERMS = new Preflight.Terms("2023-06-01", Set.of());
    private static final String USER = "{'role':'user','content':'Hi'}";
    private static final String TOOLS = "'tools':[{'name':'get','input_schema':{'type':'object'}}]";

    static Stream<Case> legal() {
        String summary =
                "'messages':[{'role':'assistant','content':[{'type':'compaction','content':'x','tool_changes':[{}]}]},"
                        + USER + "]}";
        String paused = "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}";
        return Stream.of(
                given(
                        "choice of a tool that a turn brought which was summed up",
                        "{" + TOOLS + ",'tool_choice':{'type':'tool','name':'added'}," + summary),
                given("choice where all tools were summed up", "{'tool_choice':{'type':'any'}," + summary),
                given(
                        "choice of what a server tool brings",
                        "{'tools':[{'type':'code_execution_20250825','name':'code_execution'}],"
                                + "'tool_choice':{'type':'tool','name':'bash_code_execution'}}"),
                given(
                        "paused answer in two turns",
                        "{'messages':[" + USER + ",{'role':'assistant','content':[" + paused
                                + "]},{'role':'assistant','content':'Now'}]}"),
                given(
                        "answer with a block to come",
                        "{'messages':[" + USER + ",{'role':'assistant','content':[{'type':'novelty'},"
                                + "{'type':'text','text':'Now'}]}]}"),
                given(
                        "cache warmed up to an answer",
                        "{'max_tokens':0,'messages':[" + USER + ",{'role':'assistant','content':'x'}]}"),
                given(
                        "summary up to an answer",
                        "{'compaction':{'type':'summarize'},'messages':[" + USER
                                + ",{'role':'assistant','content':'x'}]}"),
                given(
                        "nothing new in a thread",
                        "{'thread':{'type':'continue','previous_message_id':'m'},'messages':[]}"),
                given("temperature of somebody else's model", "{'model':'deepseek-chat','temperature':1.5}"));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void whatMayBeRightIsAtMostWarnedAbout(Case legal) {
        assertThat(legal.found()).noneMatch(Finding::isRefusal);
    }

    @Test
    void aBinaryFractionWithAllItsDigitsIsANumber() {
        MessageRequest request = Case.request("{'model':'claude-opus-4-5'}").toBuilder()
                .extraBody("temperature", new BigDecimal("0.6999999999999999555910790149937383830547332763671875"))
                .build();

        assertThat(Preflight.check(request, TERMS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Transcripts.class)
    void everyRecordedAnswerCanBeSentBack(Transcripts transcript) {
        Message answer = Json.parse(transcript.messageJson()).as(Message.class);
        ContentBlock[] behind = Stream.concat(
                        answer.content().stream()
                                .filter(ToolUseBlock.class::isInstance)
                                .map(call -> ToolResultBlock.of(((ToolUseBlock) call).id(), "ok")),
                        Stream.of(new TextBlock("Go on")))
                .toArray(ContentBlock[]::new);
        MessageRequest request = Case.request("{}").toBuilder()
                .message(answer.toParam())
                .message(MessageParam.user(behind))
                .build();

        assertThat(Preflight.check(request, TERMS)).noneMatch(Finding::isRefusal);
    }

    static Stream<Json> beyondTheParser() {
        return Stream.of(
                Json.trusted("[".repeat(300) + "]".repeat(300)),
                Json.of("x".repeat((16 << 20) + 1)),
                Json.trusted("?"));
    }

    @ParameterizedTest
    @MethodSource("beyondTheParser")
    void jsonThatIsNotReadHereIsLeftToTheServer(Json value) {
        Json block = Json.trusted("{\"type\":\"novelty\",\"cache_control\":null,\"value\":" + value.text() + "}");
        MessageRequest request = Case.request("{}");

        List<MessageRequest> requests = List.of(
                request.toBuilder()
                        .message(MessageParam.user(new UnknownBlock("novelty", block)))
                        .build(),
                request.toBuilder()
                        .message(MessageParam.user(new UnknownBlock("text", block)))
                        .build(),
                request.toBuilder()
                        .tools(List.of(new UnknownTool("novelty", block)))
                        .build(),
                request.toBuilder()
                        .tools(List.of(new CustomTool("get", "gets", block)))
                        .build());

        assertThat(requests)
                .allSatisfy(each -> assertThat(Preflight.check(each, TERMS)).noneMatch(Finding::isRefusal));
    }

    @Test
    void aNameOfAnyLengthIsJudgedWithoutRunningOutOfStack() {
        MessageRequest request = Case.request("{}").toBuilder()
                .model("a/".repeat(100_000))
                .message(new MessageParam(Role.ASSISTANT, List.of(new TextBlock("Well"))))
                .build();

        assertThatCode(() -> Preflight.check(request, TERMS)).doesNotThrowAnyException();
    }
}
