package io.claudeflux.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain exchanges with an HTTP server that was not written for this client. */
@Timeout(60)
class ExchangeTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";
    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private ClaudeClient client = ClaudeClient.builder().apiKey(KEY).build();

    @BeforeEach
    void start() {
        server.start();
        client.close();
        client = ClaudeClient.builder()
                .apiKey(KEY)
                .baseUrl("http://127.0.0.1:" + server.port())
                .retry(RetryPolicy.none())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    @Test
    void messageIsStreamed() {
        server.stubFor(post("/v1/messages")
                .withHeader("x-api-key", equalTo(KEY))
                .withHeader("anthropic-version", equalTo("2023-06-01"))
                .willReturn(aResponse()
                        .withHeader("content-type", "text/event-stream; charset=utf-8")
                        .withHeader("request-id", "req_1")
                        .withHeader("anthropic-ratelimit-requests-remaining", "41")
                        .withBody(good("hello"))));

        Outcome<StreamEvent> outcome = Outcome.of(client.messages().stream(request()));
        assertThat(outcome.n()).isEqualTo(6);
        MessageStart start = (MessageStart) outcome.events().get(0);
        assertThat(start.response().requestId()).contains("req_1");
        assertThat(start.response().header("Anthropic-RateLimit-Requests-Remaining"))
                .contains("41");

        assertThat(String.join(
                        "", Outcome.of(client.messages().streamText(request())).events()))
                .isEqualTo("hello");
        server.verify(
                2,
                postRequestedFor(urlEqualTo("/v1/messages"))
                        .withHeader("content-type", matching("application/json.*"))
                        .withRequestBody(
                                equalToJson("{\"model\":\"claude-sonnet-5-5\",\"max_tokens\":16,\"stream\":true,"
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")));
    }

    @ParameterizedTest
    @EnumSource(value = Transcripts.class, names = "OVERLOADED_MID_TEXT", mode = EnumSource.Mode.EXCLUDE)
    void transcriptIsAnsweredInPieces(Transcripts transcript) {
        server.stubFor(post("/v1/messages")
                .willReturn(aResponse()
                        .withHeader("content-type", "text/event-stream")
                        .withBody(transcript.sse())
                        .withChunkedDribbleDelay(50, 200)));

        Outcome<Response<Message>> outcome = Outcome.of(client.messages().createWithResponse(request()));
        assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        Response<Message> response = outcome.events().get(0);
        assertThat(response.metadata().status()).isEqualTo(200);
        assertThat(response.value().stopReason()).isNotNull();
        assertThat(response.value().content()).isNotEmpty();
    }

    @Test
    void errorIsTyped() {
        server.stubFor(post("/v1/messages")
                .willReturn(aResponse()
                        .withStatus(529)
                        .withHeader("content-type", "application/json")
                        .withHeader("request-id", "req_2")
                        .withBody(errorJson("overloaded_error", "busy"))));

        ApiException error = Outcome.of(client.messages().create(request())).error(OverloadedException.class);
        assertThat(error.status()).isEqualTo(529);
        assertThat(error.requestId()).contains("req_2");
        server.verify(1, postRequestedFor(urlEqualTo("/v1/messages")));
    }

    @Test
    void wrongPathIsTheServers404() {
        ApiException error = Outcome.of(client.messages().create(request())).error(ApiException.class);
        assertThat(error.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void faultyServerEndsInATypedError(Fault fault) {
        server.stubFor(post("/v1/messages").willReturn(aResponse().withFault(fault)));

        Outcome.of(client.messages().create(request())).error(ClaudeException.class);
    }

    @Test
    void slowHeadIsWaitedFor() {
        server.stubFor(post("/v1/messages")
                .willReturn(aResponse()
                        .withFixedDelay(800)
                        .withHeader("content-type", "text/event-stream")
                        .withBody(good("late"))));

        Outcome<Message> outcome = Outcome.of(client.messages().create(request()));
        assertThat(outcome.events()).extracting(Message::text).isEqualTo(List.of("late"));
    }

    private static MessageRequest request() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(16)
                .user("hi")
                .build();
    }
}
