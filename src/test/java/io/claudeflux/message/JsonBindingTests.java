package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vocabulary inside an application's own types. */
class JsonBindingTests {
    record Conversation(
            String id,
            List<MessageParam> turns,
            MessageRequest last,
            Map<String, Message> answers,
            List<ContentBlock> blocks,
            List<StreamEvent> events,
            Delta delta,
            Usage usage,
            Role role,
            StopReason reason,
            Json anything,
            Tool tool,
            ToolChoice choice) {}

    private static Conversation conversation() {
        return new Conversation(
                "c1",
                List.of(MessageParam.user("hi"), MessageParam.assistant("yes")),
                MessageRequest.builder()
                        .model("m")
                        .maxTokens(1)
                        .user("hi")
                        .extraBody("temperature", 0.5)
                        .build(),
                Map.of("a", Message.builder("msg_1", "m").build()),
                List.of(new TextBlock("t"), UnknownBlock.of(Json.parse("{\"type\":\"hologram\",\"x\":1.0}"))),
                List.of(new ContentBlockDelta(0, new TextDelta("x"))),
                new TextDelta("y"),
                Usage.of(1, 2),
                Role.of("narrator"),
                StopReason.END_TURN,
                Json.parse("{ \"deep\" : [ 1.0 , 12345678901234567890123 , null ] }"),
                new CustomTool("n", "d", Json.parse("{\"type\":\"object\"}")),
                ToolChoice.tool("n"));
    }

    @Test
    void vocabularyComesBackOutOfAnApplicationsRecord() {
        Json json = Json.of(conversation());
        assertThat(json.as(Conversation.class)).isEqualTo(conversation());
        assertThat(json.get("role")).contains(Json.parse("\"narrator\""));
        assertThat(json.get("turns").orElseThrow().text())
                .isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"yes\"}]");
    }

    @Test
    void vocabularyComesBackOutOfMapsAndArrays() {
        Json json = Json.of(Map.of("k", List.of(MessageParam.user("hi"))));
        assertThat(json.text()).isEqualTo("{\"k\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(Json.of(List.of(new TextBlock("a"), new ThinkingBlock("b", "c")))
                        .as(ContentBlock[].class))
                .containsExactly(new TextBlock("a"), new ThinkingBlock("b", "c"));
    }

    @Test
    void numbersInsideJsonAreKeptToTheDigit() {
        record Holder(Json value) {}
        Json json = Json.parse("{\"value\":[1.50,12345678901234567890123,0.10000000000000000001]}");
        assertThat(json.as(Holder.class).value().text())
                .isEqualTo("[1.50,12345678901234567890123,0.10000000000000000001]");
    }

    @Test
    void unknownMembersOfApplicationsTypesAreSkipped() {
        record City(String name) {}
        assertThat(Json.parse("{\"name\":\"Brest\",\"people\":1}").as(City.class))
                .isEqualTo(new City("Brest"));
    }
}
