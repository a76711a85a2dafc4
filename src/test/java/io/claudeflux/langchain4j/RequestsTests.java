package io.claudeflux.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.claudeflux.message.Effort;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which nothing needs to be sent. */
class RequestsTests {
    private static final ResponseFormat FORM = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder()
                    .name("person")
                    .rootElement(
                            JsonObjectSchema.builder().addStringProperty("name").build())
                    .build())
            .build();

    private static ChatRequestParameters parameters(ResponseFormat format) {
        return ChatRequestParameters.builder()
                .modelName("claude-opus-4-5")
                .maxOutputTokens(64)
                .responseFormat(format)
                .build();
    }

    @Test
    void schemaStaysWhereAnEffortIsSet() {
        MessageRequest request = Requests.of(
                List.of(UserMessage.from("Who?")),
                parameters(FORM),
                more -> more.outputConfig(OutputConfig.effort(Effort.LOW)));

        OutputConfig config = Objects.requireNonNull(request.outputConfig());
        assertThat(config.effort()).isEqualTo(Effort.LOW);
        assertThat(config.format()).isNotNull();
        assertThat(Requests.of(List.of(UserMessage.from("Who?")), parameters(ResponseFormat.TEXT), more -> {})
                        .outputConfig())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"role\":\"assistant\",\"content\":[{\"ty", "7", ""})
    void turnThatAStoreCutIsMadeOfItsText(String kept) {
        AiMessage answer = AiMessage.builder()
                .text("Rain.")
                .attributes(Map.of(ClaudeFluxStreamingChatModel.CONTENT, kept))
                .build();

        assertThat(Requests.turn(answer)).isEqualTo(MessageParam.assistant("Rain."));
    }
}
