package io.claudeflux.schema;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StructuredOutputException;
import io.claudeflux.error.StructuredOutputException.Reason;
import io.claudeflux.fixture.Canary;
import io.claudeflux.message.Effort;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Answers that are values, and those that should have been, from the simulator. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StructuredOutputTests {
    record Basket(String owner, List<Item> items) {}

    record Item(String name, BigDecimal price) {}

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String WHOLE =
            "{\"owner\":\"" + Canary.ANSWER + "\",\"items\":[{\"name\":\"tea\",\"price\":4.50}]}";
    private static final Basket BASKET = new Basket(Canary.ANSWER, List.of(new Item("tea", new BigDecimal("4.50"))));
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .user(Canary.PROMPT)
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client = ClaudeClient.builder()
            .apiKey(Canary.KEY)
            .baseUrl(claude.baseUrl())
            .retry(RetryPolicy.defaults().withMaxRetries(0))
            .build();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    static Stream<Class<? extends Record>> types() {
        return Samples.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSimulatorAnswersWithAValueOfTheSchemaItIsSent(Class<? extends Record> type) {
        StepVerifier.create(client.messages().create(REQUEST, type))
                .expectNextMatches(type::isInstance)
                .expectComplete()
                .verify(WAIT);
        assertThat(sentFormat().get("schema").orElseThrow())
                .isEqualTo(JsonSchema.of(type).json());
    }

    @Test
    void theValueComesWithItsMessage() {
        claude.enqueue(reply(thinking("Well…"), text(" \n" + WHOLE.substring(0, 20)), text(WHOLE.substring(20) + "\n"))
                .usage(11, 22));

        StepVerifier.create(client.messages().create(REQUEST, StructuredOutput.of(Basket.class)))
                .assertNext(answer -> {
                    assertThat(answer.value()).isEqualTo(BASKET);
                    assertThat(answer.message().usage().outputTokens()).isEqualTo(22);
                    assertThat(answer.metadata().requestId())
                            .contains(claude.requests().get(0).requestId());
                    assertThat(answer.toString()).doesNotContain(Canary.ANSWER);
                })
                .expectComplete()
                .verify(WAIT);
    }

    @Test
    void noEventLoopWaitsForTheFirstSchemaOfAClass() {
        record Fresh(String name) {}
        Mono<String> madeBy = StructuredOutput.prepare(Fresh.class)
                .map(output -> Thread.currentThread().getName())
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(madeBy)
                .assertNext(thread -> assertThat(thread).startsWith("boundedElastic"))
                .expectComplete()
                .verify(WAIT);
        StepVerifier.create(madeBy)
                .assertNext(thread -> assertThat(thread).startsWith("parallel"))
                .expectComplete()
                .verify(WAIT);
    }

    @Test
    void theEffortOfTheRequestStays() {
        MessageRequest request = REQUEST.toBuilder()
                .outputConfig(OutputConfig.effort(Effort.LOW))
                .build();
        claude.enqueue(reply(WHOLE));

        StepVerifier.create(client.messages().create(request, Basket.class))
                .expectNext(BASKET)
                .expectComplete()
                .verify(WAIT);
        assertThat(sentConfig().get("effort")).contains(Json.of("low"));
        assertThat(sentFormat().get("type")).contains(Json.of("json_schema"));
    }

    @Test
    void aFormThatTheRequestHasAlreadyIsRefusedHere() {
        MessageRequest request = REQUEST.toBuilder()
                .outputConfig(OutputConfig.jsonSchema(Json.emptyObject()))
                .build();

        StepVerifier.create(client.messages().create(request, Basket.class))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("asks for a form of its answer already"))
                .verify(WAIT);
        assertThat(claude.requests()).isEmpty();
    }

    static Stream<Arguments> answersThatAreNotTheValue() {
        return Stream.of(
                Arguments.of(reply(WHOLE.substring(0, 50)).stopReason("max_tokens"), Reason.CUT, "more maxTokens"),
                Arguments.of(
                        reply(WHOLE.substring(0, 50)).stopReason("model_context_window_exceeded"),
                        Reason.CUT,
                        "model_context_window_exceeded"),
                Arguments.of(reply(thinking("Hm")).stopReason("max_tokens"), Reason.CUT, "was cut"),
                Arguments.of(reply("I cannot").stopReason("refusal"), Reason.REFUSED, "the model refused"),
                Arguments.of(
                        reply(text("Let me see"), toolUse("look", "{}")).stopReason("tool_use"),
                        Reason.NO_TEXT,
                        "the model stopped with tool_use"),
                Arguments.of(reply("Wait").stopReason("pause_turn"), Reason.NO_TEXT, "pause_turn"),
                Arguments.of(reply(" "), Reason.NO_TEXT, "the answer has no text"),
                Arguments.of(reply("Sure: " + WHOLE), Reason.NOT_JSON, "not valid JSON"),
                Arguments.of(reply("```json\n" + WHOLE + "\n```"), Reason.NOT_JSON, "not valid JSON"),
                Arguments.of(
                        reply(WHOLE.substring(0, 50)).stopReason("stop_sequence"), Reason.NOT_JSON, "a stop sequence"),
                Arguments.of(reply(WHOLE + WHOLE), Reason.NOT_JSON, "more than one JSON value"),
                Arguments.of(
                        reply(WHOLE.replace("4.50", "1e99999999999")), Reason.NOT_JSON, "beyond the parser's bounds"),
                Arguments.of(reply("[" + WHOLE + "]"), Reason.MISFIT, "$ must be of type object"),
                Arguments.of(reply("{\"owner\":\"me\"}"), Reason.MISFIT, "$.items is missing"),
                Arguments.of(
                        reply(WHOLE.replace("4.50", "\"" + Canary.ANSWER + "\"")),
                        Reason.MISFIT,
                        "$.items[0].price must be of type number"),
                Arguments.of(reply(WHOLE.replace("4.50", "null")), Reason.MISFIT, "$.items[0].price"));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNotTheValue")
    void whatIsNotTheValueSaysWhyAndQuotesNothing(Reply reply, Reason reason, String words) {
        claude.respondWith(request -> reply);
        Messages messages = client.messages();

        List.of(
                        messages.create(REQUEST, Basket.class).then(),
                        messages.fallbackTo(messages)
                                .create(REQUEST, Basket.class)
                                .then(),
                        messages.streamDrafts(REQUEST, Basket.class).then())
                .forEach(answer -> assertFails(answer, reason, words));
        assertThat(claude.requests()).hasSize(3);
    }

    private void assertFails(Mono<Void> answer, Reason reason, String words) {
        StepVerifier.create(answer)
                .expectErrorSatisfies(error -> {
                    StructuredOutputException failure = (StructuredOutputException) error;
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure).hasMessageContaining(words);
                    assertThat(failure.isRetryable()).isFalse();
                    assertThat(failure.origin()).isEqualTo(Origin.OUTPUT);
                    assertThat(failure.attempts()).isEqualTo(1);
                    assertThat(failure.requestId()).isPresent();
                    assertThat(failure.rawText()).isEqualTo(failure.message().text());
                    assertThat(failure.partial().orElseThrow().message()).isEqualTo(failure.message());
                    assertThat(failure.usage().orElseThrow().isExact()).isTrue();
                    assertThat(Canary.needles().isIn(failure + failure.report() + failure.summary()))
                            .isFalse();
                })
                .verify(WAIT);
    }

    /** Refuses what its schema allows, in words that quote it. */
    record Picky(String word) {
        Picky {
            if (!word.equals("fine")) {
                throw new IllegalArgumentException("not this: " + word);
            }
        }
    }

    @Test
    void whatTheClassItselfRefusesIsAMisfitThatQuotesNothing() {
        claude.respondWith(request -> reply("{\"word\":\"" + Canary.ANSWER + "\"}"));

        StepVerifier.create(client.messages().create(REQUEST, Picky.class))
                .expectErrorSatisfies(error -> {
                    StructuredOutputException failure = (StructuredOutputException) error;
                    assertThat(failure.reason()).isEqualTo(Reason.MISFIT);
                    assertThat(failure).hasMessageContaining("does not fit").hasNoCause();
                    assertThat(Canary.needles().isIn(failure + failure.report()))
                            .isFalse();
                })
                .verify(WAIT);
        StepVerifier.create(client.messages()
                        .streamDrafts(REQUEST, Picky.class)
                        .map(Draft::value)
                        .onErrorComplete(StructuredOutputException.class))
                .thenConsumeWhile(Optional::isEmpty)
                .expectComplete()
                .verify(WAIT);
    }

    @Test
    void whatTheCallWentThroughIsInTheReport() {
        claude.respondWith(request -> reply("nothing"));

        StepVerifier.create(client.messages().create(REQUEST, Basket.class))
                .expectErrorSatisfies(failure -> assertThat(((StructuredOutputException) failure).report())
                        .contains("StructuredOutputException (OUTPUT)", "attempt 1", "set         output_config"))
                .verify(WAIT);
    }

    @Test
    void errorsOfTheServerAreWhatTheyAre() {
        claude.respondWith(request -> error(529));

        StepVerifier.create(client.messages().create(REQUEST, Basket.class))
                .expectErrorSatisfies(failure -> assertThat(failure).isNotInstanceOf(StructuredOutputException.class))
                .verify(WAIT);
    }

    @Test
    void aSchemaWrittenByHandGivesJson() {
        StructuredOutput<Json> output =
                StructuredOutput.of(JsonSchema.of(JsonSchema.of(Basket.class).json()));
        claude.enqueue(reply(WHOLE));

        StepVerifier.create(client.messages().create(REQUEST, output).map(Structured::value))
                .expectNext(Json.parse(WHOLE))
                .expectComplete()
                .verify(WAIT);
    }

    private Json sentConfig() {
        return claude.requests().get(0).body().get("output_config").orElseThrow();
    }

    private Json sentFormat() {
        return sentConfig().get("format").orElseThrow();
    }
}
