package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRequestTests {
    private static MessageRequestBuilder least() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi");
    }

    @Test
    void everythingMissingIsListedAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageRequest.builder().build())
                .satisfies(error -> assertThat(error.getMessage()).contains("model", "maxTokens", "messages"));
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageRequest.builder().model("m").user("hi").build())
                .satisfies(error -> assertThat(error.getMessage())
                        .contains("maxTokens")
                        .doesNotContain("messages")
                        .doesNotContain("hi"));
    }

    @Test
    void builderOfARequestMakesAnEqualRequest() {
        MessageRequest request = full();
        assertThat(request.toBuilder().build()).isEqualTo(request).isNotSameAs(request);
        assertThat(request.toBuilder().maxTokens(9).build()).isNotEqualTo(request);
        assertThat(request.maxTokens()).isEqualTo(7);
    }

    @Test
    void fullRequestSurvivesItsJson() {
        MessageRequest request = full();
        MessageRequest back = Json.of(request).as(MessageRequest.class);
        // Headers travel beside the body.
        assertThat(back.headers()).isEmpty();
        assertThat(back.betas()).isEmpty();
        MessageRequestBuilder again = back.toBuilder();
        request.headers().forEach(again::header);
        assertThat(again.beta(request.betas().toArray(new String[0])).build()).isEqualTo(request);
    }

    private static MessageRequest full() {
        return least().maxTokens(7)
                .system(List.of(new TextBlock("brief").withCacheControl(CacheControl.oneHour())))
                .assistant("yes")
                .message(MessageParam.user(ToolResultBlock.error("t", "no"), new TextBlock("x")))
                .stopSequences(List.of("END"))
                .userId("u")
                .serviceTier(ServiceTier.of("auto"))
                .speed(Speed.of("fast"))
                .thinking(Thinking.enabled(2_048))
                .outputConfig(OutputConfig.jsonSchema(Json.parse("{\"type\":\"object\"}")))
                .tool(new CustomTool("n", "d", Json.emptyObject()))
                .tool(UnknownTool.of(Json.parse("{\"type\":\"bash_20201231\",\"name\":\"shell\"}")))
                .toolChoice(ToolChoice.any())
                .cacheControl(CacheControl.ephemeral())
                .container(Json.of("cont_1"))
                .diagnostics(new Diagnostics(null))
                .inferenceGeo("eu")
                .extraBody("temperature", 0.5)
                .extraBody("thread", Map.of("type", "create"))
                .header("x-a", "1")
                .beta("b-1", "b-2")
                .build();
    }

    @Test
    void listsThatChangeLaterChangeNothing() {
        List<MessageParam> turns = new ArrayList<>(List.of(MessageParam.user("a")));
        List<String> stops = new ArrayList<>(List.of("x"));
        MessageRequestBuilder builder = least().messages(turns).stopSequences(stops);
        MessageRequest request = builder.build();
        turns.clear();
        stops.clear();
        builder.user("later").beta("later").header("x-later", "1").extraBody("later", 1);

        assertThat(request.messages()).containsExactly(MessageParam.user("a"));
        assertThat(request.stopSequences()).containsExactly("x");
        assertThat(request.betas()).isEmpty();
        assertThat(request.headers()).isEmpty();
        assertThat(request.extraBody()).isEqualTo(Json.emptyObject());
        assertThat(request.messages()).isUnmodifiable();
        assertThat(request.headers()).isUnmodifiable();
    }

    @Test
    void laterValueReplacesTheEarlier() {
        MessageRequest request = least().system("a")
                .system("b")
                .messages(List.of(MessageParam.user("c")))
                .extraBody("x", 1)
                .extraBody("x", null)
                .userId("u")
                .thinking(Thinking.adaptive())
                .thinking(null)
                .build();
        assertThat(request.system()).containsExactly(new TextBlock("b"));
        assertThat(request.messages()).containsExactly(MessageParam.user("c"));
        assertThat(request.extraBody()).isEqualTo(Json.parse("{\"x\":null}"));
        assertThat(request.thinking()).isNull();
    }

    @Test
    void nullsAreRefusedAtTheBuilder() {
        assertThatNullPointerException().isThrownBy(() -> least().message(nothing()));
        assertThatNullPointerException().isThrownBy(() -> least().tool(nothing()));
        assertThatNullPointerException().isThrownBy(() -> least().user(nothing()));
    }

    /** What an application without null checks hands over. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void answerBecomesATurnBlockByBlock() {
        Message answer = Message.builder("msg_1", "m")
                .content(List.of(
                        new ThinkingBlock("t", "s"),
                        new ToolUseBlock("t1", "n", Json.parse("{\"a\":1.0}")),
                        UnknownBlock.of(Json.parse("{\"type\":\"hologram\"}"))))
                .build();
        MessageRequest next = least().message(answer.toParam()).build();
        assertThat(next.messages().get(1)).isEqualTo(new MessageParam(Role.ASSISTANT, answer.content()));
        assertThat(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "max_tokens",
                "messages",
                "system",
                "stream",
                "stop_sequences",
                "metadata",
                "service_tier",
                "speed",
                "thinking",
                "output_config",
                "tools",
                "tool_choice",
                "cache_control",
                "container",
                "diagnostics",
                "inference_geo"
            })
    void fieldCannotStandTwiceInTheBody(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> least().extraBody(name, "x").build())
                .withMessageContaining(name);
    }
}
