package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestWriterTests {
    private static final String HALF = "walrus \ud83d";

    @Test
    void halfACharacterInRawJsonIsEscapedSoThatWhatAModelWroteCanGoBack() {
        MessageRequest request = MessageRequest.builder()
                .model("m")
                .maxTokens(1)
                .user("hi")
                .extraBody("x", Json.parse("{\"a\":\"\ude00" + HALF + "\",\"b\":\"😀\"}"))
                .build();
        String body = new String(RequestWriter.streaming(request), StandardCharsets.UTF_8);

        assertThat(body).contains("{\"a\":\"\\ude00walrus \\ud83d\",\"b\":\"😀\"}");
        assertThat(Json.parse(body).as(MessageRequest.class)).isEqualTo(request);
    }

    @Test
    void halfACharacterInTextIsEscaped() {
        MessageRequest request =
                MessageRequest.builder().model("m").maxTokens(1).user(HALF).build();
        assertThat(new String(RequestWriter.streaming(request), StandardCharsets.UTF_8))
                .containsIgnoringCase("walrus \\ud83d");
    }
}
