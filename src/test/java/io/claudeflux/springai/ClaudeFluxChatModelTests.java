package io.claudeflux.springai;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.Usage;
import io.claudeflux.simulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@OnFramework7
@Timeout(60)
class ClaudeFluxChatModelTests {
    private static final int STREAMS = 200;
    private static final Prompt PROMPT = new Prompt(Canary.PROMPT);

    private static final Stage STAGE = new Stage();

    @BeforeEach
    void reset() {
        STAGE.claude.reset();
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void textArrivesPieceByPieceAndTheLastResponseSaysHowItEnded() {
        Gate seen = new Gate();
        try (ScriptedServer server = ScriptedServer.start(reply(
                        h200(),
                        chunk(ms() + bs(0) + d(0, "one")),
                        await(seen),
                        chunk(d(0, " two") + be(0) + md() + st()),
                        end()));
                ClaudeClient client = Stage.client(server.baseUrl())) {
            StepVerifier.create(ClaudeFluxChatModel.of(client, Stage.OPTIONS).stream(PROMPT))
                    .assertNext(piece -> {
                        assertThat(Stage.text(piece)).isEqualTo("one");
                        assertThat(piece.getMetadata().getId()).isEqualTo("msg_t");
                        assertThat(piece.getMetadata().getModel()).isEqualTo("claude-sonnet-5-5");
                    })
                    .then(seen::open)
                    .assertNext(piece -> assertThat(Stage.text(piece)).isEqualTo(" two"))
                    .assertNext(last -> {
                        assertThat(Stage.text(last)).isEmpty();
                        assertThat(Stage.finish(last)).isEqualTo("end_turn");
                        assertThat(last.getMetadata().getUsage().getTotalTokens())
                                .isEqualTo(15);
                        assertThat(last.getMetadata().<String>get("request-id")).isEqualTo("req_t");
                    })
                    .expectComplete()
                    .verify(Stage.WAIT);
        }
    }

    @Test
    void aCancelClosesTheConnectionAndFreesThePermit() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(ms() + bs(0) + d(0, "one")), hang()));
                ClaudeClient client = Stage.client(server.baseUrl())) {
            StepVerifier.create(ClaudeFluxChatModel.of(client, Stage.OPTIONS).stream(PROMPT))
                    .expectNextCount(1)
                    .then(() -> assertThat(client.metrics().permits().inUse()).isEqualTo(1))
                    .thenCancel()
                    .verify(Stage.WAIT);

            server.connection(0).awaitPeerClose(Stage.WAIT);
            Await.untilOrFail(
                    "a free permit",
                    Stage.WAIT,
                    () -> client.metrics().permits().inUse() == 0);
        }
    }

    @Test
    void aCutAnswerIsAnErrorAndNoShortAnswer() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(ms() + bs(0) + d(0, "one")), fin()));
                ClaudeClient client = Stage.client(server.baseUrl())) {
            ClaudeFluxChatModel model = ClaudeFluxChatModel.of(client, Stage.OPTIONS);

            StepVerifier.create(model.stream(PROMPT))
                    .expectNextCount(1)
                    .expectErrorSatisfies(cut -> assertThat(cut).isInstanceOf(StreamException.class))
                    .verify(Stage.WAIT);
            assertThatThrownBy(() -> model.call(PROMPT)).isInstanceOf(StreamException.class);
        }
    }

    @Test
    void failuresComeAsTheClientHasThem() {
        STAGE.claude.enqueue(Reply.error(529), Reply.error(401));

        assertThatThrownBy(() -> STAGE.model.call(PROMPT)).isInstanceOf(OverloadedException.class);
        StepVerifier.create(STAGE.model.stream(PROMPT))
                .expectError(AuthenticationException.class)
                .verify(Stage.WAIT);
    }

    @Test
    void aCallWaitsForTheWholeAnswer() {
        Instant reset = Instant.now().plusSeconds(3600);
        STAGE.claude.enqueue(Reply.reply("one two")
                .usage(10, 5)
                .cacheUsage(3, 4)
                .header("anthropic-ratelimit-requests-limit", "50")
                .header("anthropic-ratelimit-requests-remaining", "unsaid")
                .header("anthropic-ratelimit-requests-reset", "unsaid")
                .header("anthropic-ratelimit-tokens-remaining", "7000")
                .header("anthropic-ratelimit-tokens-reset", reset.toString()));

        ChatResponse answer = STAGE.model.call(PROMPT);

        assertThat(Stage.text(answer)).isEqualTo("one two");
        assertThat(Stage.finish(answer)).isEqualTo("end_turn");
        assertThat(answer.getMetadata().getUsage()).satisfies(usage -> {
            assertThat(usage.getPromptTokens()).isEqualTo(10);
            assertThat(usage.getCompletionTokens()).isEqualTo(5);
            assertThat(usage.getCacheWriteInputTokens()).isEqualTo(3);
            assertThat(usage.getCacheReadInputTokens()).isEqualTo(4);
            assertThat(usage.getNativeUsage()).isInstanceOf(Usage.class);
        });
        RateLimit limits = Objects.requireNonNull(answer.getMetadata().getRateLimit());
        assertThat(limits.getRequestsLimit()).isEqualTo(50);
        assertThat(limits.getRequestsRemaining()).isZero();
        assertThat(limits.getRequestsReset()).isZero();
        assertThat(limits.getTokensRemaining()).isEqualTo(7000);
        assertThat(limits.getTokensReset()).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
    }

    @Test
    void countsBeyondAnIntAreTheMostItHolds() {
        STAGE.claude.enqueue(Reply.reply("one").usage(Integer.MAX_VALUE, Integer.MAX_VALUE));

        assertThat(STAGE.model.call(PROMPT).getMetadata().getUsage().getTotalTokens())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aCallOnAThreadThatMustNotWaitIsRefusedBeforeAnythingIsSent() {
        Mono<ChatResponse> onAnEventLoop = STAGE.client
                .messages()
                .streamText(MessageRequest.builder()
                        .model("claude-sonnet-5-5")
                        .maxTokens(9)
                        .user("Hi")
                        .build())
                .next()
                .map(text -> STAGE.model.call(PROMPT));
        STAGE.claude.enqueue(Reply.reply("one"));

        StepVerifier.create(onAnEventLoop)
                .expectErrorSatisfies(refused -> assertThat(refused)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("use stream"))
                .verify(Stage.WAIT);
        StepVerifier.create(Mono.fromCallable(() -> STAGE.model.call(PROMPT)).subscribeOn(Schedulers.parallel()))
                .expectError(IllegalStateException.class)
                .verify(Stage.WAIT);
        assertThat(STAGE.claude.requests()).hasSize(1);
    }

    @Test
    void eachSubscriptionIsARequestOfItsOwn() {
        Flux<ChatResponse> stream = STAGE.model.stream(PROMPT);
        assertThat(STAGE.claude.requests()).isEmpty();

        StepVerifier.create(stream, 1).expectNextCount(1).thenCancel().verify(Stage.WAIT);
        StepVerifier.create(stream)
                .thenConsumeWhile(piece -> true)
                .expectComplete()
                .verify(Stage.WAIT);
        assertThat(STAGE.claude.requests()).hasSize(2);
    }

    @Test
    void whatSpringAiHasNoWordForIsSaidOfTheRequest() {
        ClaudeFluxChatModel model = STAGE.model
                .withRequests(request -> request.toBuilder()
                        .thinking(Thinking.adaptive())
                        .tenant("acme")
                        .build())
                .withRequests(request -> request.toBuilder()
                        .userId(Objects.requireNonNull(request.tenant()))
                        .build());

        model.call(PROMPT);
        STAGE.model.call(PROMPT);

        assertThat(STAGE.body(0).get("thinking")).isPresent();
        assertThat(STAGE.body(0).get("metadata").orElseThrow().text()).contains("acme");
        assertThat(STAGE.body(1).get("thinking")).isEmpty();
    }

    @Test
    void aRequestWithoutAModelIsAnErrorOfTheStream() {
        ClaudeFluxChatModel model = ClaudeFluxChatModel.of(
                STAGE.client, ToolCallingChatOptions.builder().build());

        StepVerifier.create(model.stream(PROMPT))
                .expectErrorSatisfies(lack -> assertThat(lack).hasMessageContaining("lacks model, maxTokens"))
                .verify(Stage.WAIT);
    }

    @Test
    void manyStreamsNeedNoThreadsOfTheirOwn() {
        Sinks.Empty<Void> allAreOpen = Sinks.empty();
        AtomicInteger open = new AtomicInteger();
        AtomicInteger threads = new AtomicInteger();
        STAGE.claude.respondWith(request -> Reply.raw(Flux.just(ms() + bs(0) + d(0, "one"))
                .concatWith(allAreOpen.asMono().then(Mono.just(d(0, " two") + be(0) + md() + st())))));
        int before = Thread.activeCount();

        List<String> texts = Flux.range(0, STREAMS)
                .flatMap(
                        number -> STAGE.model.stream(PROMPT)
                                .map(Stage::text)
                                .doOnNext(text -> {
                                    if (text.equals("one") && open.incrementAndGet() == STREAMS) {
                                        threads.set(Thread.activeCount());
                                        allAreOpen.tryEmitEmpty();
                                    }
                                })
                                .collect(Collectors.joining()),
                        STREAMS)
                .collectList()
                .block(Stage.WAIT);

        assertThat(texts).hasSize(STREAMS).containsOnly("one two");
        assertThat(threads).hasValueLessThan(before + 20);
    }

    @Test
    void neitherKeyNorPromptNorAnswerIsLogged() {
        STAGE.claude.enqueue(Reply.reply(Canary.ANSWER), Reply.error(400));
        try (LogCapture log = LogCapture.start(Canary.KEY, Canary.PROMPT, Canary.ANSWER)) {
            STAGE.model.call(PROMPT);
            assertThatThrownBy(() -> STAGE.model.call(PROMPT))
                    .satisfies(failure ->
                            assertThat(log.betrays(failure.toString())).isFalse());
            log.assertClean();
        }
    }
}
