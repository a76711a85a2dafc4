package io.claudeflux.peers;

import static io.claudeflux.simulator.Block.redactedThinking;
import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.models.ModelListParams;
import io.claudeflux.ClaudeClient;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The official SDK on the simulator. It was written against the real API, so what it reads without complaint has the
 * API's shape and not merely ours; and what it makes of a fault is the reason for this library.
 */
class OfficialSdkPeerTests {
    private static final MessageCreateParams REQUEST = MessageCreateParams.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .addUserMessage("hello")
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final AnthropicClient client = AnthropicOkHttpClient.builder()
            .apiKey("test")
            .baseUrl(claude.baseUrl())
            .maxRetries(0)
            .build();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    private Message streamed(Reply reply) {
        claude.enqueue(reply);
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(REQUEST)) {
            stream.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }
        return accumulator.message();
    }

    private Message whole(Reply reply) {
        claude.enqueue(reply);
        return client.messages().create(REQUEST).validate();
    }

    @Test
    void readsStreamedText() {
        Message message =
                streamed(reply("Je vérifie la marée 🌊.").usage(412, 91).cacheUsage(7, 2048));

        assertThat(message.content().get(0).asText().text()).isEqualTo("Je vérifie la marée 🌊.");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().inputTokens()).isEqualTo(412);
        assertThat(message.usage().outputTokens()).isEqualTo(91);
        assertThat(message.usage().cacheReadInputTokens()).contains(2048L);
    }

    @Test
    void readsTextTornIntoSingleBytes() {
        assertThat(streamed(reply("héllo €豆腐😀").oneByteChunks())
                        .content()
                        .get(0)
                        .asText()
                        .text())
                .isEqualTo("héllo €豆腐😀");
    }

    @Test
    void readsEveryKindOfBlockStreamedAndWhole() {
        Reply reply = reply(
                thinking("Tides? Call the tool.", "c2lnbmVk"),
                redactedThinking("b3BhcXVl"),
                text("Let me look."),
                toolUse("get_tide", Map.of("port", "Brest")));

        Message streamed = streamed(reply);
        Message whole = whole(reply);

        for (Message message : new Message[] {streamed, whole}) {
            assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Tides? Call the tool.");
            assertThat(message.content().get(0).asThinking().signature()).isEqualTo("c2lnbmVk");
            assertThat(message.content().get(1).asRedactedThinking().data()).isEqualTo("b3BhcXVl");
            assertThat(message.content().get(2).asText().text()).isEqualTo("Let me look.");
            assertThat(message.content().get(3).asToolUse().name()).isEqualTo("get_tide");
            assertThat(message.content().get(3).asToolUse()._input())
                    .isEqualTo(JsonValue.from(Map.of("port", "Brest")));
            assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        }
        assertThat(streamed.usage()).isEqualTo(whole.usage());
    }

    @Test
    void readsAnAnswerWithoutScript() {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(REQUEST)) {
            assertThat(stream.stream().map(RawMessageStreamEvent::validate)).hasSizeGreaterThan(20);
        }
        assertThat(client.messages()
                        .create(REQUEST)
                        .validate()
                        .content()
                        .get(0)
                        .asText()
                        .text())
                .contains("hello");
    }

    @Test
    void readsTheOtherEndpoints() {
        assertThat(client.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model("claude-sonnet-5-5")
                                .addUserMessage("12345678")
                                .build())
                        .inputTokens())
                .isEqualTo(2);
        assertThat(client.models().list().items()).isNotEmpty().allSatisfy(model -> model.validate());
    }

    @Test
    void readsModelsByThePageAndAsksForThemAsThisLibraryDoes() {
        ModelListParams params = ModelListParams.builder()
                .limit(2L)
                .addLifecycle(ModelListParams.Lifecycle.ACTIVE)
                .addLifecycle(ModelListParams.Lifecycle.RETIRED)
                .build();
        List<String> theirs = client.models().list(params).autoPager().stream()
                .map(model -> model.validate().id())
                .toList();
        List<String> theirQueries = queries();

        try (ClaudeClient ours =
                ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build()) {
            ModelQuery query =
                    ModelQuery.served().withPageSize(2).withLifecycles(ModelLifecycle.ACTIVE, ModelLifecycle.RETIRED);
            assertThat(ours.models()
                            .list(query)
                            .map(ModelInfo::id)
                            .collectList()
                            .block(Duration.ofSeconds(10)))
                    .isEqualTo(theirs);
        }
        List<String> all = queries();
        assertThat(all.subList(theirQueries.size(), all.size())).isEqualTo(theirQueries);
        assertThat(client.models().retrieve("claude-haiku-4-5").validate().id()).isEqualTo("claude-haiku-4-5-20251001");
    }

    /** Each as a set: the order of parameters says nothing. */
    private List<String> queries() {
        return claude.requests().stream()
                .map(request -> Stream.of(URLDecoder.decode(request.query(), StandardCharsets.UTF_8)
                                .split("&", -1))
                        .sorted()
                        .collect(Collectors.joining("&")))
                .toList();
    }

    @Test
    void readsErrorsByStatus() {
        claude.enqueue(error(529), error(429).code("ramp_limit_exceeded"));

        assertThatThrownBy(() -> client.messages().create(REQUEST))
                .isInstanceOfSatisfying(OverloadedException.class, overloaded -> {
                    assertThat(overloaded.apiMessage()).contains("Overloaded");
                    assertThat(overloaded.requestId())
                            .contains(claude.requests().get(0).requestId());
                });
        assertThatThrownBy(() -> client.messages().createStreaming(REQUEST))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        limited -> assertThat(limited.errorCode()).contains("ramp_limit_exceeded"));
    }

    @Test
    void readsARefusedRequest() {
        MessageCreateParams withTemperature = REQUEST.toBuilder()
                .putAdditionalBodyProperty("temperature", JsonValue.from(0.5))
                .build();

        assertThatThrownBy(() -> client.messages().create(withTemperature))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.apiMessage())
                                .contains("temperature: Extra inputs are not permitted"));
    }

    @Test
    void readsAnErrorInTheStreamButReportsStatus200() {
        AnthropicServiceException failed = catchThrowableOfType(
                SseException.class,
                () -> streamed(reply("Once upon a time")
                        .errorInStream("overloaded_error")
                        .afterEvents(3)));

        assertThat(failed.apiMessage()).contains("Overloaded");
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(claude.requests()).hasSize(1);
    }

    @Test
    void aStreamCutBeforeMessageStopLooksComplete() {
        claude.enqueue(reply("Once upon a time").endEarly().afterEvents(2));

        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(REQUEST)) {
            assertThat(stream.stream()).hasSize(2);
        }
    }
}
