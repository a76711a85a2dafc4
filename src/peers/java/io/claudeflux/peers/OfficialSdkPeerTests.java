package io.claudeflux.peers;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the official SDK makes of a fault; the difference is the reason for this library. */
class OfficialSdkPeerTests {
    private static final String CUT = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],\
            "model":"claude-test","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            """;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aStreamCutBeforeMessageStopLooksComplete() {
        server.stubFor(post(urlPathEqualTo("/v1/messages"))
                .willReturn(aResponse()
                        .withHeader("content-type", "text/event-stream")
                        .withBody(CUT)));
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .apiKey("test")
                .baseUrl(server.baseUrl())
                .build();
        MessageCreateParams request = MessageCreateParams.builder()
                .model("claude-test")
                .maxTokens(16)
                .addUserMessage("hello")
                .build();

        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(request)) {
            assertThat(stream.stream()).hasSize(2);
        } finally {
            client.close();
        }
    }
}
