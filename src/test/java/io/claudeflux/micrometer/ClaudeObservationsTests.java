package io.claudeflux.micrometer;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.test.StepVerifier;

/** What is observed of a call, for each way it can end. */
@Timeout(60)
class ClaudeObservationsTests {
    static final Duration LIMIT = Duration.ofSeconds(10);
    static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy with " + Canary.PROMPT)));
    static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    static final Script CUT = reply(h200(), chunk(ms() + bs(0) + d(0, Canary.ANSWER)), fin());
    static final Script HALF = reply(h200(), chunk(ms() + bs(0) + d(0, "hello ")), hang());
    private static final String CALL = "gen_ai.client.operation.duration";

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    @Test
    void completeCallTellsWhatTheConventionsAskFor() {
        serving(GOOD, claude -> {
            StepVerifier.create(claude.messages().stream(request()).then())
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(registry)
                    .hasNumberOfObservationsEqualTo(2)
                    .hasObservationWithNameEqualTo(CALL)
                    .that()
                    .hasBeenStarted()
                    .hasBeenStopped()
                    .doesNotHaveError()
                    .hasContextualNameEqualTo("chat claude-sonnet-5-5")
                    .hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
                    .hasLowCardinalityKeyValue("gen_ai.provider.name", "anthropic")
                    .hasLowCardinalityKeyValue("gen_ai.request.model", "claude-sonnet-5-5")
                    .hasLowCardinalityKeyValueWithKey("gen_ai.response.model")
                    .hasLowCardinalityKeyValue("server.address", "127.0.0.1")
                    .hasLowCardinalityKeyValueWithKey("server.port")
                    .hasLowCardinalityKeyValue("outcome", "complete")
                    .hasLowCardinalityKeyValue("error.type", "none")
                    .hasHighCardinalityKeyValue("gen_ai.request.stream", "true")
                    .hasHighCardinalityKeyValue("gen_ai.request.max_tokens", "64")
                    .hasHighCardinalityKeyValueWithKey("gen_ai.response.id")
                    .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "end_turn")
                    .hasHighCardinalityKeyValueWithKey("gen_ai.response.time_to_first_chunk")
                    .hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "10")
                    .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "5")
                    .hasHighCardinalityKeyValue("claude.flux.attempts", "1")
                    .hasHighCardinalityKeyValueWithKey("claude.flux.queue.wait");
        });
    }

    private void serving(Script script, java.util.function.Consumer<ClaudeClient> test) {
        try (ScriptedServer server = ScriptedServer.start(script);
                ClaudeClient claude = client(server, b -> b)) {
            test.accept(claude);
        }
    }

    private ClaudeClient client(ScriptedServer server, UnaryOperator<ClaudeClient.Builder> settings) {
        return settings.apply(ClaudeClient.builder()
                        .apiKey(Canary.KEY)
                        .baseUrl(server.baseUrl())
                        .listener(ClaudeObservations.listener(registry)))
                .build();
    }

    static MessageRequest request() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(64)
                .user(Canary.PROMPT)
                .build();
    }
}
