package io.claudeflux.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.CustomTool;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Role;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** What becomes of a prompt. */
@OnFramework7
class PromptTests {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n...".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PDF = "%PDF-1.7 ...".getBytes(StandardCharsets.ISO_8859_1);

    record City(String name) {}

    private static final ToolCallback WEATHER = FunctionToolCallback.builder(
                    "get_weather", (City city) -> "18 degrees in " + city.name())
            .description("The weather in a city now.")
            .inputType(City.class)
            .build();

    private static MessageRequest request(Message... messages) {
        return Prompts.request(new Prompt(messages), Stage.OPTIONS);
    }

    private static MessageRequest request(ChatOptions options) {
        ToolCallingChatOptions defaults = ToolCallingChatOptions.builder()
                .model("a-model")
                .maxTokens(1)
                .temperature(0.5)
                .topK(7)
                .toolCallbacks(WEATHER)
                .build();
        return Prompts.request(new Prompt("Hi", options), defaults);
    }

    private static UserMessage user(Media media) {
        return UserMessage.builder().text("Look").media(media).build();
    }

    @Test
    void aConversationKeepsItsTurnsAndInstructionsGoAhead() {
        MessageRequest request = request(
                new SystemMessage("Be brief."),
                new UserMessage("One"),
                new AssistantMessage("Two"),
                new SystemMessage("Be kind."),
                new UserMessage("Three"));

        assertThat(request.system()).containsExactly(new TextBlock("Be brief."), new TextBlock("Be kind."));
        assertThat(request.messages())
                .containsExactly(MessageParam.user("One"), MessageParam.assistant("Two"), MessageParam.user("Three"));
    }

    @Test
    void messagesThatHoldNothingAreLeftOut() {
        MessageRequest request =
                request(new SystemMessage(""), new UserMessage("One"), new AssistantMessage(""), new UserMessage(" "));

        assertThat(request.system()).isEmpty();
        assertThat(request.messages()).containsExactly(MessageParam.user("One"));
    }

    @Test
    void callsAndResultsOfToolsAreBlocks() {
        AssistantMessage calls = AssistantMessage.builder()
                .content("Let me look.")
                .toolCalls(List.of(
                        new ToolCall("toolu_1", "function", "get_weather", "{\"name\":\"Brest\"}"),
                        new ToolCall("toolu_2", "function", "get_time", "")))
                .build();
        ToolResponseMessage results = ToolResponseMessage.builder()
                .responses(List.of(
                        new ToolResponse("toolu_1", "get_weather", "rain"),
                        new ToolResponse("toolu_2", "get_time", "")))
                .build();

        List<MessageParam> turns =
                request(new UserMessage("One"), calls, results).messages();

        assertThat(turns.get(1).role()).isEqualTo(Role.ASSISTANT);
        assertThat(turns.get(1).content())
                .startsWith(
                        new TextBlock("Let me look."),
                        new ToolUseBlock("toolu_1", "get_weather", Json.parse("{\"name\":\"Brest\"}")))
                .last()
                .satisfies(call -> assertThat(((ToolUseBlock) call).input()).isEqualTo(Json.emptyObject()));
        assertThat(turns.get(2).role()).isEqualTo(Role.USER);
        assertThat(turns.get(2).content())
                .containsExactly(
                        ToolResultBlock.of("toolu_1", "rain"),
                        new ToolResultBlock("toolu_2", List.of(), false, null, Json.emptyObject()));
    }

    @Test
    void aBlankResultIsAnEmptyOne() {
        ToolResponseMessage results = ToolResponseMessage.builder()
                .responses(List.of(new ToolResponse("toolu_1", "get_time", " \n")))
                .build();

        assertThat(request(new UserMessage("One"), results).messages().get(1).content())
                .singleElement()
                .satisfies(result ->
                        assertThat(((ToolResultBlock) result).content()).isEmpty());
    }

    @Test
    void aTurnThatAStoreCutIsMadeOfItsText() {
        for (String kept : List.of("{\"role\":\"assistant\",\"content\":[{\"ty", "7", "")) {
            AssistantMessage cut = AssistantMessage.builder()
                    .content("Rain.")
                    .properties(Map.of("claudeFluxTurn", kept))
                    .build();

            assertThat(request(new UserMessage("One"), cut).messages())
                    .last()
                    .isEqualTo(MessageParam.assistant("Rain."));
        }
    }

    @Test
    void mediaComeAsBytesAsBase64AndAsAddresses() {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        List<MessageParam> turns = request(
                        user(Media.builder()
                                .mimeType(Media.Format.IMAGE_PNG)
                                .data(PNG)
                                .build()),
                        user(Media.builder()
                                .mimeType(Media.Format.IMAGE_PNG)
                                .data(base64)
                                .build()),
                        user(new Media(Media.Format.IMAGE_PNG, URI.create("https://example.org/a.png"))),
                        user(Media.builder()
                                .mimeType(Media.Format.DOC_PDF)
                                .data(PDF)
                                .build()),
                        user(new Media(Media.Format.DOC_PDF, URI.create("https://example.org/a.pdf"))))
                .messages();

        ImageBlock image = new ImageBlock(new MediaSource.Inline("image/png", base64));
        assertThat(turns)
                .extracting(turn -> turn.content().get(0))
                .containsExactly(
                        image,
                        image,
                        ImageBlock.url("https://example.org/a.png"),
                        DocumentBlock.of(PDF),
                        DocumentBlock.url("https://example.org/a.pdf"));
        assertThat(turns).allMatch(turn -> turn.content().get(1).equals(new TextBlock("Look")));
    }

    @Test
    void mediaThatTheApiDoesNotTakeAreRefused() {
        assertThatThrownBy(() -> request(user(Media.builder()
                        .mimeType(Media.Format.VIDEO_MP4)
                        .data(new byte[] {0, 0, 0, 1})
                        .build())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request(user(new Media(Media.Format.IMAGE_PNG, URI.create("s3://bucket/a.png")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsOfAPromptComeFirstEachByItself() {
        MessageRequest request = request(ChatOptions.builder()
                .model("another-model")
                .temperature(0.25)
                .topP(0.75)
                .stopSequences(List.of("STOP"))
                .build());

        assertThat(request.model()).isEqualTo("another-model");
        assertThat(request.maxTokens()).isEqualTo(1);
        assertThat(request.stopSequences()).containsExactly("STOP");
        assertThat(request.extraBody()).isEqualTo(Json.parse("{\"temperature\":0.25,\"top_p\":0.75,\"top_k\":7}"));
        assertThat(request.tools()).hasSize(1);
    }

    @Test
    void toolsGoAlongWithTheirSchemas() {
        assertThat(request(ToolCallingChatOptions.builder().build()).tools())
                .singleElement()
                .isInstanceOfSatisfying(CustomTool.class, tool -> {
                    assertThat(tool.name()).isEqualTo("get_weather");
                    assertThat(tool.description()).isEqualTo("The weather in a city now.");
                    assertThat(tool.inputSchema())
                            .isEqualTo(Json.parse(WEATHER.getToolDefinition().inputSchema()));
                });
        assertThat(request(ToolCallingChatOptions.builder()
                                .toolCallbacks(List.of())
                                .build())
                        .tools())
                .isEmpty();
    }

    @Test
    void aSchemaOfTheAnswerIsItsFormat() {
        MessageRequest request = request(StructuredOutputChatOptions.builder()
                .outputSchema("{\"type\":\"object\"}")
                .build());

        assertThat(Json.of(request.outputConfig()).text()).contains("json_schema");
    }
}
