package io.claudeflux.langchain4j;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.output.FinishReason;
import io.claudeflux.ClaudeClient;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.Thinking;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.adapter.JdkFlowAdapter;
import reactor.test.StepVerifier;

/** What goes out for a request of LangChain4j, and what comes back in its words. */
@Timeout(60)
class ChatModelConversationTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String PNG =
            Base64.getEncoder().encodeToString(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
    private static final String PDF = Base64.getEncoder().encodeToString(new byte[] {'%', 'P', 'D', 'F', '-', '1'});

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client =
            ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build();
    private final ClaudeFluxStreamingChatModel model = ClaudeFluxStreamingChatModel.of(client, "claude-opus-4-5", 2048);

    @AfterEach
    void close() {
        client.close();
        claude.close();
    }

    private ChatResponse ask(ClaudeFluxStreamingChatModel asked, ChatRequest request, Reply answer) {
        claude.enqueue(answer);
        CompleteResponse whole = JdkFlowAdapter.flowPublisherToFlux(asked.chat(request))
                .ofType(CompleteResponse.class)
                .blockLast(WAIT);
        return Objects.requireNonNull(whole).chatResponse();
    }

    private ChatResponse ask(ChatMessage... messages) {
        return ask(model, Requested.of(messages), reply("ok"));
    }

    /** What the last request said, member by member. */
    private @Nullable Object sent(String... path) {
        Json at = claude.requests().get(claude.requests().size() - 1).body();
        for (String name : path) {
            at = Character.isDigit(name.charAt(0))
                    ? at.elements().get(Integer.parseInt(name))
                    : at.get(name).orElseThrow(() -> new AssertionError("no " + name + " in " + Arrays.toString(path)));
        }
        return at.isObject() ? at.toMap() : Json.of(Map.of("is", at)).toMap().get("is");
    }

    private static ChatRequest with(ChatRequestParameters parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Hello."))
                .parameters(parameters)
                .build();
    }

    @Test
    void parametersAreInTheRequest() {
        ask(
                model,
                with(ChatRequestParameters.builder()
                        .modelName("claude-haiku-4-5")
                        .maxOutputTokens(77)
                        .temperature(0.5)
                        .topK(7)
                        .stopSequences("END")
                        .build()),
                reply("ok"));

        assertThat(sent("model")).isEqualTo("claude-haiku-4-5");
        assertThat(sent("max_tokens")).isEqualTo(77);
        assertThat(sent("temperature")).hasToString("0.5");
        assertThat(sent("top_k")).isEqualTo(7);
        assertThat(sent("stop_sequences")).isEqualTo(List.of("END"));
    }

    @Test
    void defaultsHoldWhereARequestSaysNothing() {
        ChatRequestParameters defaults =
                ChatRequestParameters.builder().stopSequences("STOP").build();
        ask(
                model.withDefaults(defaults)
                        .withRequest(request -> request.outputConfig(OutputConfig.effort(Effort.LOW))
                                .userId("user_1")),
                Requested.user("Hello."),
                reply("ok"));

        assertThat(sent("model")).isEqualTo("claude-opus-4-5");
        assertThat(sent("max_tokens")).isEqualTo(2048);
        assertThat(sent("stop_sequences")).isEqualTo(List.of("STOP"));
        assertThat(sent("output_config", "effort")).isEqualTo("low");
        assertThat(sent("metadata", "user_id")).isEqualTo("user_1");
    }

    @Test
    void turnsKeepTheirOrderAndTheirKinds() {
        ask(
                SystemMessage.from("Be brief."),
                UserMessage.from(
                        TextContent.from("Look:"),
                        ImageContent.from(PNG, "image/jpeg"),
                        ImageContent.from("https://example.org/a.png"),
                        PdfFileContent.from(PDF, "application/pdf")),
                AiMessage.from("Seen."),
                UserMessage.from("And?"));

        assertThat(sent("system")).asString().contains("Be brief.");
        assertThat(sent("messages", "0", "content", "0", "text")).isEqualTo("Look:");
        assertThat(sent("messages", "0", "content", "1", "source", "media_type"))
                .isEqualTo("image/png");
        assertThat(sent("messages", "0", "content", "2", "source", "url")).isEqualTo("https://example.org/a.png");
        assertThat(sent("messages", "0", "content", "3", "type")).isEqualTo("document");
        assertThat(sent("messages", "1")).isEqualTo(Map.of("role", "assistant", "content", "Seen."));
        assertThat(sent("messages", "2")).isEqualTo(Map.of("role", "user", "content", "And?"));
    }

    private static ToolSpecification.Builder weather() {
        return ToolSpecification.builder()
                .name("get_weather")
                .description("The weather in a city now.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("city", "its name")
                        .addEnumProperty("unit", List.of("C", "F"))
                        .addProperty(
                                "days",
                                JsonArraySchema.builder()
                                        .items(JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":1}"))
                                        .build())
                        .required("city")
                        .build());
    }

    @Test
    void toolsAndTheirChoiceAreInTheRequest() {
        ask(
                model,
                with(ChatRequestParameters.builder()
                        .toolSpecifications(
                                weather().build(),
                                weather().name("strict").strict(true).build(),
                                ToolSpecification.builder().name("now").build())
                        .toolChoice(ToolChoice.REQUIRED)
                        .build()),
                reply("ok"));

        assertThat(sent("tool_choice", "type")).isEqualTo("any");
        assertThat(sent("tools", "0", "name")).isEqualTo("get_weather");
        assertThat(sent("tools", "0", "input_schema"))
                .isEqualTo(Json.parse("{\"type\":\"object\",\"properties\":{"
                                + "\"city\":{\"type\":\"string\",\"description\":\"its name\"},"
                                + "\"unit\":{\"type\":\"string\",\"enum\":[\"C\",\"F\"]},"
                                + "\"days\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":1}}},"
                                + "\"required\":[\"city\"]}")
                        .toMap());
        assertThat(sent("tools", "1", "strict")).isEqualTo(true);
        assertThat(sent("tools", "1", "input_schema", "additionalProperties")).isEqualTo(false);
        assertThat(sent("tools", "2", "input_schema", "type")).isEqualTo("object");
    }

    @Test
    void formOfTheAnswerIsASchemaWhoseObjectsAreClosed() {
        JsonObjectSchema node = JsonObjectSchema.builder()
                .addProperty(
                        "next", JsonReferenceSchema.builder().reference("node").build())
                .build();
        JsonObjectSchema root = JsonObjectSchema.builder()
                .addProperty("head", node)
                .definitions(Map.of("node", node))
                .build();
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder().name("list").rootElement(root).build())
                .build();
        ask(model, with(ChatRequestParameters.builder().responseFormat(format).build()), reply("{}"));

        String closed = "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}},"
                + "\"additionalProperties\":false}";
        assertThat(sent("output_config", "format", "schema"))
                .isEqualTo(Json.parse("{\"type\":\"object\",\"properties\":{\"head\":" + closed
                                + "},\"additionalProperties\":false,\"$defs\":{\"node\":" + closed + "}}")
                        .toMap());
    }

    @Test
    void whatClaudeHasNoWordForIsRefusedAndNothingIsSent() {
        for (ChatRequest request : List.of(
                with(ChatRequestParameters.builder().frequencyPenalty(0.1).build()),
                with(ChatRequestParameters.builder()
                        .responseFormat(ResponseFormat.JSON)
                        .build()),
                Requested.of(UserMessage.from(AudioContent.from(PDF, "audio/wav"))))) {
            StepVerifier.create(JdkFlowAdapter.flowPublisherToFlux(model.chat(request)))
                    .expectError(UnsupportedFeatureException.class)
                    .verify(WAIT);
            HandlerRecorder handler = new HandlerRecorder();
            model.chat(request, handler);
            handler.end(UnsupportedFeatureException.class);
        }
        assertThat(claude.requests()).isEmpty();
    }

    private static final Block CALL = new Block.ToolUse("toolu_1", "get_weather", "{\"city\":\"Bern\"}");

    private ChatRequest toolTurn(AiMessage called, boolean isError) {
        ToolExecutionRequest call = called.toolExecutionRequests().get(0);
        return ChatRequest.builder()
                .messages(
                        UserMessage.from("Weather?"),
                        called,
                        ToolExecutionResultMessage.builder()
                                .id(call.id())
                                .toolName(call.name())
                                .text("18 degrees")
                                .isError(isError)
                                .build())
                .toolSpecifications(weather().build())
                .build();
    }

    @Test
    void toolCallGoesOutAndItsResultGoesBack() {
        AiMessage called = ask(
                        model,
                        ChatRequest.builder()
                                .messages(UserMessage.from("Weather?"))
                                .toolSpecifications(weather().build())
                                .build(),
                        reply(Block.text("Let me see."), CALL))
                .aiMessage();
        assertThat(called.toolExecutionRequests())
                .containsExactly(ToolExecutionRequest.builder()
                        .id("toolu_1")
                        .name("get_weather")
                        .arguments("{\"city\":\"Bern\"}")
                        .build());

        ChatResponse response = ask(model, toolTurn(called, true), reply("18."));

        assertThat(response.aiMessage().text()).isEqualTo("18.");
        assertThat(sent("messages", "1", "content", "0", "text")).isEqualTo("Let me see.");
        assertThat(sent("messages", "1", "content", "1", "input")).isEqualTo(Map.of("city", "Bern"));
        assertThat(sent("messages", "2", "content", "0", "tool_use_id")).isEqualTo("toolu_1");
        assertThat(sent("messages", "2", "content", "0", "is_error")).isEqualTo(true);
    }

    /** As a chat memory does that is kept in a database. */
    private static AiMessage stored(AiMessage message) {
        return (AiMessage) ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(message));
    }

    @Test
    void signedThinkingSurvivesAToolTurnAndAStoredMemory() {
        ClaudeFluxStreamingChatModel thinking = model.withRequest(request -> request.thinking(Thinking.enabled(1024)));
        ChatResponse response = ask(
                thinking,
                ChatRequest.builder()
                        .messages(UserMessage.from("Weather?"))
                        .toolSpecifications(weather().build())
                        .build(),
                reply(Block.thinking("Which city?", "c2lnbmVk"), Block.redactedThinking("aGlkZGVu"), CALL));
        assertThat(response.aiMessage().thinking()).isEqualTo("Which city?");
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);

        ask(thinking, toolTurn(stored(response.aiMessage()), false), reply("18."));

        assertThat(sent("messages", "1", "content", "0"))
                .isEqualTo(Map.of("type", "thinking", "thinking", "Which city?", "signature", "c2lnbmVk"));
        assertThat(sent("messages", "1", "content", "1"))
                .isEqualTo(Map.of("type", "redacted_thinking", "data", "aGlkZGVu"));
        assertThat(sent("messages", "1", "content", "2", "id")).isEqualTo("toolu_1");
    }

    @Test
    void answerThatWasChangedSinceGoesBackAsItIsNow() {
        AiMessage answer = ask(model, Requested.user("Hello."), reply(Block.thinking("Hm."), Block.text("secret")))
                .aiMessage();
        assertThat(answer.attributes()).containsKey(ClaudeFluxStreamingChatModel.CONTENT);

        ask(UserMessage.from("Hello."), answer.withText("redacted"), UserMessage.from("Go on."));

        assertThat(sent("messages", "1")).isEqualTo(Map.of("role", "assistant", "content", "redacted"));
    }

    @Test
    void resultsOfOneAnswerGoOutInOneTurn() {
        AiMessage called = AiMessage.from(
                ToolExecutionRequest.builder().id("a").name("now").build(),
                ToolExecutionRequest.builder()
                        .id("b")
                        .name("now")
                        .arguments("{broken")
                        .build());
        ask(
                model,
                ChatRequest.builder()
                        .messages(
                                UserMessage.from("Hello."),
                                called,
                                ToolExecutionResultMessage.from("a", "now", "1"),
                                ToolExecutionResultMessage.from("b", "now", " "),
                                UserMessage.from("Go on."))
                        .toolSpecifications(
                                ToolSpecification.builder().name("now").build())
                        .build(),
                reply("ok"));

        assertThat(sent("messages", "1", "content", "0", "input")).isEqualTo(Map.of());
        assertThat(sent("messages", "2", "content", "0", "tool_use_id")).isEqualTo("a");
        assertThat(sent("messages", "2", "content", "1", "tool_use_id")).isEqualTo("b");
        assertThat(sent("messages", "3", "content")).isEqualTo("Go on.");
    }

    @Test
    void reasonsAndUsageAreInTheWordsOfLangChain4j() {
        Map<String, FinishReason> reasons = Map.of(
                "max_tokens", FinishReason.LENGTH,
                "refusal", FinishReason.CONTENT_FILTER,
                "pause_turn", FinishReason.OTHER);
        reasons.forEach((said, told) -> assertThat(
                        ask(model, Requested.user("Hello."), reply("ok").stopReason(said))
                                .finishReason())
                .isEqualTo(told));

        var usage = ask(model, Requested.user("Hello."), reply("ok").usage(3, 4).cacheUsage(20, 100))
                .tokenUsage();
        assertThat(usage.inputTokenCount()).isEqualTo(123);
        assertThat(usage.outputTokenCount()).isEqualTo(4);
        assertThat(usage.totalTokenCount()).isEqualTo(127);
    }

    @Test
    void listenersHearOfTheAnswerAndOfWhoGaveIt() {
        AtomicReference<ChatModelResponseContext> heard = new AtomicReference<>();
        ask(
                model.withListeners(List.of(new ChatModelListener() {
                    @Override
                    public void onResponse(ChatModelResponseContext context) {
                        heard.set(context);
                    }
                })),
                Requested.user("Hello."),
                reply("ok"));

        ChatModelResponseContext answer = Objects.requireNonNull(heard.get());
        assertThat(answer.modelProvider()).isEqualTo(ModelProvider.ANTHROPIC);
        assertThat(answer.chatRequest().modelName()).isEqualTo("claude-opus-4-5");
        assertThat(answer.chatResponse().aiMessage().text()).isEqualTo("ok");
    }
}
