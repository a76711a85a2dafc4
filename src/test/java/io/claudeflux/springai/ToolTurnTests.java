package io.claudeflux.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.Reply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** An answer that calls tools, and what goes back: with Spring AI's own manager, as its advisor uses it. */
@OnFramework7
@Timeout(60)
class ToolTurnTests {
    record City(String name) {}

    private static final Block CALL = new Block.ToolUse("toolu_1", "get_weather", "{\"name\":\"Brest\"}");
    private static final Block THINKING = Block.thinking("The tide table knows.", "c2lnbmF0dXJl");

    private static final Stage STAGE = new Stage();
    private static final ToolCallback WEATHER = FunctionToolCallback.builder(
                    "get_weather", (City city) -> "18 degrees in " + city.name())
            .description("The weather in a city now.")
            .inputType(City.class)
            .build();
    private static final Prompt PROMPT = new Prompt(
            "Weather?", STAGE.model.getOptions().mutate().toolCallbacks(WEATHER).build());

    @BeforeEach
    void reset() {
        STAGE.claude.reset();
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void aStreamedTurnGoesBackAsItCameWithTheResults() {
        STAGE.claude.enqueue(Reply.reply(THINKING, Block.text("Let me look."), CALL), Reply.reply("Rain."));
        AtomicReference<ChatResponse> whole = new AtomicReference<>();
        new MessageAggregator()
                .aggregate(STAGE.model.stream(PROMPT), whole::set)
                .blockLast(Stage.WAIT);

        ChatResponse calls = Objects.requireNonNull(whole.get());
        assertThat(answerTo(calls)).isEqualTo("Rain.");
        assertThat(Stage.finish(calls)).isEqualTo("tool_use");
        assertTurns("thinking", "text", "tool_use");
        assertThat(STAGE.turns(1).get(1).text()).contains("c2lnbmF0dXJl");
    }

    @Test
    void aTurnThatWasWaitedForGoesBackAsItCame() {
        STAGE.claude.enqueue(Reply.reply(THINKING, CALL), Reply.reply("Rain."));

        assertThat(answerTo(STAGE.model.call(PROMPT))).isEqualTo("Rain.");
        assertTurns("thinking", "tool_use");
    }

    @Test
    void theLastResponseOfAStreamIsEnoughToAnswerIt() {
        STAGE.claude.enqueue(Reply.reply(THINKING, Block.text("Let me look."), CALL), Reply.reply("Rain."));

        assertThat(answerTo(Objects.requireNonNull(STAGE.model.stream(PROMPT).blockLast(Stage.WAIT))))
                .isEqualTo("Rain.");
        assertTurns("thinking", "text", "tool_use");
    }

    @Test
    void whatSpringAiCanSayItselfIsNotKeptTwice() {
        STAGE.claude.enqueue(Reply.reply("Rain."), Reply.reply(THINKING, Block.text("Rain.")));

        assertThat(said(STAGE.model.call(PROMPT)).getMetadata()).doesNotContainKey("claudeFluxTurn");
        assertThat(said(STAGE.model.call(PROMPT)).getMetadata()).containsKey("claudeFluxTurn");
    }

    @Test
    void aMessageThatWasEditedSaysWhatItSaysNow() {
        STAGE.claude.enqueue(Reply.reply(THINKING, Block.text("Rain.")));
        AssistantMessage edited =
                said(STAGE.model.call(PROMPT)).mutate().content("No rain.").build();

        STAGE.model.call(new Prompt(List.of(new UserMessage("Weather?"), edited, new UserMessage("Really?"))));

        assertThat(STAGE.turns(1).get(1)).isEqualTo(Json.parse("{\"role\":\"assistant\",\"content\":\"No rain.\"}"));
    }

    @Test
    void aCallThatWasEditedAsksWhatItAsksNow() {
        STAGE.claude.enqueue(Reply.reply(THINKING, CALL));
        AssistantMessage call = said(STAGE.model.call(PROMPT));
        String other = "{\"name\":\"Quimper\"}";
        AssistantMessage edited = call.mutate()
                .toolCalls(List.of(new AssistantMessage.ToolCall("toolu_1", "function", "get_weather", other)))
                .build();

        var result = new ToolResponseMessage.ToolResponse("toolu_1", "get_weather", "rain");
        var results = ToolResponseMessage.builder().responses(List.of(result)).build();
        STAGE.model.call(new Prompt(List.of(new UserMessage("Weather?"), edited, results)));

        assertThat(STAGE.turns(1).get(1).text()).contains("Quimper").doesNotContain("Brest");
    }

    @Test
    void callsOfAPausedTurnAreHandedOut() {
        STAGE.claude.enqueue(Reply.reply(THINKING, CALL).stopReason("pause_turn"), Reply.reply("Rain."));

        assertThat(answerTo(STAGE.model.call(PROMPT))).isEqualTo("Rain.");
        assertTurns("thinking", "tool_use");
    }

    @Test
    void halfACallIsNone() {
        STAGE.claude.enqueue(Reply.reply(THINKING, Block.text("Let me"), Block.toolUse("get_weather", "{\"name\":\"Br"))
                .stopReason("max_tokens"));
        ChatResponse cut = STAGE.model.call(PROMPT);

        assertThat(cut.hasToolCalls()).isFalse();
        assertThat(Stage.finish(cut)).isEqualTo("max_tokens");
        STAGE.model.call(new Prompt(List.of(new UserMessage("Weather?"), said(cut), new UserMessage("Go on."))));
        assertThat(STAGE.turns(1).get(1)).isEqualTo(Json.parse("{\"role\":\"assistant\",\"content\":\"Let me\"}"));
    }

    @Test
    void inputThatIsNoObjectIsHandedOnAsItIs() {
        STAGE.claude.enqueue(Reply.reply(Block.toolUse("get_weather", "{\"name\":\"Br")), Reply.reply("Rain."));
        ChatResponse calls = STAGE.model.call(PROMPT);

        assertThat(said(calls).getToolCalls())
                .singleElement()
                .returns("{\"name\":\"Br", AssistantMessage.ToolCall::arguments);
    }

    /** Runs the calls and asks again, as the advisor of {@code ChatClient} does. */
    private String answerTo(ChatResponse calls) {
        var round = ToolCallingManager.builder().build().executeToolCalls(PROMPT, calls);
        return Stage.text(
                STAGE.model.call(new Prompt(round.conversationHistory(), Objects.requireNonNull(PROMPT.getOptions()))));
    }

    private static AssistantMessage said(ChatResponse response) {
        return Objects.requireNonNull(response.getResult()).getOutput();
    }

    private void assertTurns(String... blocksOfTheAnswer) {
        List<Json> turns = STAGE.turns(1);
        assertThat(turns).hasSize(3);
        assertThat(turns.get(1).get("content").orElseThrow().elements())
                .extracting(block -> block.get("type").flatMap(Json::asString).orElse(""))
                .containsExactly(blocksOfTheAnswer);
        Map<String, Json> result =
                turns.get(2).get("content").orElseThrow().elements().get(0).members();
        assertThat(result.get("tool_use_id")).isEqualTo(Json.of("toolu_1"));
        assertThat(Json.of(result).text()).contains("18 degrees in Brest");
    }
}
