package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestWriterTests {
    private static final String HALF = "walrus \ud83d";

    @Test
    void halfACharacterInRawJsonIsRefusedInOurWordsWithoutQuotingIt() {
        MessageRequest request = MessageRequest.builder()
                .model("m")
                .maxTokens(1)
                .user("hi")
                .extraBody("x", Json.of(HALF))
                .build();
        assertThatThrownBy(() -> RequestWriter.streaming(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate")
                .hasMessageNotContaining("walrus")
                .hasNoCause();
    }

    @Test
    void halfACharacterInTextIsEscaped() {
        MessageRequest request =
                MessageRequest.builder().model("m").maxTokens(1).user(HALF).build();
        assertThat(new String(RequestWriter.streaming(request), StandardCharsets.UTF_8))
                .containsIgnoringCase("walrus \\ud83d");
    }
}
