package io.claudeflux;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Limits;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PreflightException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.RateLimiter;
import io.claudeflux.message.CacheControl;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Diagnostics;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.ServiceTier;
import io.claudeflux.message.Speed;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.TokenCount;
import io.claudeflux.message.ToolChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Counting: what is sent, what is refused here, and who else is asked. */
@Timeout(60)
class CountTokensTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Script COUNTED = reply(json(200, "{\"input_tokens\":12,\"context_management\":null}"));
    private static final MessageRequest RICH = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(64)
            .user("Hi")
            .system("Be brief.")
            .stopSequences(List.of("END"))
            .userId("user-1")
            .serviceTier(ServiceTier.AUTO)
            .speed(Speed.FAST)
            .thinking(Thinking.enabled(2048))
            .outputConfig(OutputConfig.effort(Effort.LOW))
            .tool(new CustomTool("weather", "d", Json.of(Map.of("type", "object"))))
            .toolChoice(ToolChoice.auto())
            .cacheControl(CacheControl.ephemeral())
            .container(Json.of("container_1"))
            .diagnostics(new Diagnostics(null, Json.emptyObject()))
            .inferenceGeo("us")
            .extraBody("temperature", 1)
            .extraBody("top_k", 5)
            .extraBody("fallbacks", List.of())
            .extraBody("context_management", Map.of("edits", List.of()))
            .extraBody("field_of_tomorrow", 7)
            .header("x-team", "blue")
            .beta("context-management-2025-06-27")
            .build();

    @Test
    void onlyWhatIsInputIsSent() {
        try (ScriptedServer server = ScriptedServer.start(COUNTED);
                ClaudeClient claude = client(server, UnaryOperator.identity())) {
            TokenCount count = claude.messages().countTokens(RICH).block(LIMIT);

            RecordedRequest sent = server.request(0);
            assertThat(sent.target()).isEqualTo("/v1/messages/count_tokens");
            assertThat(sent.headerValues("accept")).containsExactly("application/json");
            assertThat(sent.headerValues("content-type")).containsExactly("application/json");
            assertThat(sent.headerValues("anthropic-beta")).containsExactly("context-management-2025-06-27");
            assertThat(sent.headerValues("x-team")).containsExactly("blue");
            assertThat(Json.parse(sent.bodyText()).members())
                    .containsOnlyKeys(
                            "model",
                            "system",
                            "messages",
                            "speed",
                            "thinking",
                            "output_config",
                            "tools",
                            "tool_choice",
                            "cache_control",
                            "context_management",
                            "field_of_tomorrow");
            assertThat(count).isEqualTo(new TokenCount(12, Json.parse("{\"context_management\":null}")));
            assertThat(Json.of(count)).isEqualTo(Json.parse("{\"input_tokens\":12,\"context_management\":null}"));
        }
    }

    @Test
    void whatCannotBeRightIsRefusedHereAndALimitOfOutputIsNoMatter() {
        MessageRequest bad =
                MessageRequest.builder().model("").maxTokens(-1).user("Hi").build();
        try (ScriptedServer server = ScriptedServer.start(COUNTED);
                ClaudeClient claude = client(server, UnaryOperator.identity())) {
            assertThat(Outcome.of(claude.messages().countTokens(bad), LIMIT)
                            .error(PreflightException.class)
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.path()).isEqualTo("model"));
            assertThat(server.reqs()).isZero();

            MessageRequest fine = bad.toBuilder().model("claude-sonnet-5-5").build();
            assertThat(claude.messages().countTokens(fine).block(LIMIT)).isNotNull();
        }
    }

    @Test
    void aBodyThatIsTooLargeIsNotSent() {
        try (ScriptedServer server = ScriptedServer.start(COUNTED);
                ClaudeClient claude =
                        client(server, b -> b.limits(Limits.defaults().withMaxRequestBytes(100)))) {
            MessageRequest large = MessageRequest.builder()
                    .model("m")
                    .maxTokens(1)
                    .user("x".repeat(200))
                    .build();
            assertThat(Outcome.of(claude.messages().countTokens(large), LIMIT)
                            .error(StreamException.class)
                            .reason())
                    .isEqualTo("request_body");
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    void theLimiterIsAskedForMessagesOnly() {
        AtomicInteger asked = new AtomicInteger();
        RateLimiter limiter = estimate -> Mono.fromSupplier(() -> {
            asked.incrementAndGet();
            return usage -> {};
        });
        try (ScriptedServer server = ScriptedServer.start(COUNTED, reply(h200(), chunk(good("hi")), end()));
                ClaudeClient claude = client(server, b -> b.rateLimiter(limiter))) {
            claude.messages().countTokens(RICH).block(LIMIT);
            assertThat(asked).hasValue(0);
            claude.messages().create(plain("claude-sonnet-5-5")).block(LIMIT);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void countsDrawOnNoBucketOfAPacedClient() {
        try (ScriptedServer server = ScriptedServer.start(COUNTED);
                ClaudeClient claude = client(server, b -> b.pacing(Pacing.learned()))) {
            claude.messages().countTokens(RICH).block(LIMIT);

            assertThat(claude.metrics().models())
                    .allSatisfy(lane -> assertThat(lane.buckets()).isEmpty());
        }
    }

    @Test
    void anotherEndpointIsAskedWhenTheFirstCannotCount() {
        Script busy = reply(json(529, errorJson("overloaded_error", "busy")));
        try (ScriptedServer first = ScriptedServer.start(busy);
                ScriptedServer second =
                        ScriptedServer.start(COUNTED, reply(json(400, errorJson("invalid_request_error", "no"))));
                ClaudeClient one = client(first, b -> b.retry(RetryPolicy.none()));
                ClaudeClient other = client(second, UnaryOperator.identity())) {
            Messages both = one.messages().fallbackTo(other.messages());

            assertThat(Outcome.of(both.countTokens(RICH), LIMIT).events()).hasSize(1);
            assertThat(Outcome.of(both.countTokens(RICH), LIMIT)
                            .error(InvalidRequestException.class)
                            .getSuppressed())
                    .hasAtLeastOneElementOfType(OverloadedException.class);
        }
    }

    @Test
    void whatAClientLearntOfAModelIsHeldAgainstItsRequests() {
        Script model = reply(json(200, "{\"id\":\"m-20260101\",\"max_tokens\":100}"));
        try (ScriptedServer server = ScriptedServer.start(model, reply(h200(), chunk(good("hi")), end()));
                ClaudeClient claude = client(server, UnaryOperator.identity())) {
            MessageRequest request = plain("m").toBuilder().maxTokens(200).build();
            assertThat(claude.messages().check(request)).isEmpty();

            claude.models().retrieve("m").block(LIMIT);

            assertThat(claude.messages().check(request)).hasSize(1);
            assertThat(claude.messages()
                            .check(request.toBuilder().model("m-20260101").build()))
                    .hasSize(1);
            Outcome.of(claude.messages().create(request), LIMIT).error(PreflightException.class);
            assertThat(server.reqs()).isEqualTo(1);
            claude.messages()
                    .with(CallOptions.none().withPreflight(false))
                    .create(request)
                    .block(LIMIT);
            assertThat(server.reqs()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsFetchedForPreflightAlone() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ClaudeClient claude = client(server, UnaryOperator.identity())) {
            claude.messages().create(plain("m")).block(LIMIT);
            assertThat(server.requests()).extracting(RecordedRequest::target).containsExactly("/v1/messages");
        }
    }

    private static MessageRequest plain(String model) {
        return MessageRequest.builder().model(model).maxTokens(64).user("Hi").build();
    }

    private static ClaudeClient client(ScriptedServer server, UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder()
                        .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                        .baseUrl(server.baseUrl()))
                .build();
    }
}
