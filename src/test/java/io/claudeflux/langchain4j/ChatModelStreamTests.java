package io.claudeflux.langchain4j;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.inputJson;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Frames.toolStart;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.output.FinishReason;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** How answers come and end: on the wire, for subscribers and for handlers. */
@Timeout(60)
class ChatModelStreamTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PROMPT = Canary.PROMPT;

    private ScriptedServer server = ScriptedServer.start(reply(hang()));
    private ClaudeClient client = client();

    private ClaudeFluxStreamingChatModel serving(Script... scripts) {
        close();
        server = ScriptedServer.start(scripts);
        client = client();
        return ClaudeFluxStreamingChatModel.of(client, "claude-sonnet-5-5", 64);
    }

    private ClaudeClient client() {
        return ClaudeClient.builder()
                .apiKey(Canary.KEY)
                .baseUrl(server.baseUrl())
                .retry(RetryPolicy.none())
                .maxConcurrentRequests(64)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Recorder<ChatModelStreamingEvent> subscribe(ClaudeFluxStreamingChatModel model, long demand) {
        return Recorder.subscribe(JdkFlowAdapter.flowPublisherToFlux(model.chat(Requested.user(PROMPT))), demand);
    }

    private Outcome<ChatModelStreamingEvent> all(ClaudeFluxStreamingChatModel model) {
        return subscribe(model, Long.MAX_VALUE).outcome(SOON);
    }

    private void assertLetGo() {
        server.awaitSettled(SOON);
        Await.untilOrFail("the permit", SOON, () -> client.metrics().permits().inUse() == 0);
    }

    @Test
    void textComesInItsPiecesAndThenTheWholeResponse() {
        Outcome<ChatModelStreamingEvent> outcome = all(serving(
                reply(h200(), chunk(ms() + bs(0) + d(0, "a") + d(0, "") + d(0, "b") + be(0) + md() + st()), end())));

        assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
        assertThat(outcome.events())
                .filteredOn(PartialResponse.class::isInstance)
                .containsExactly(new PartialResponse("a"), new PartialResponse("b"));
        ChatResponse response = response(outcome.events());
        assertThat(response.aiMessage().text()).isEqualTo("ab");
        assertThat(response.aiMessage().attributes()).isEmpty();
        assertThat(response.id()).isEqualTo("msg_t");
        assertThat(response.modelName()).isEqualTo("claude-sonnet-5-5");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(10);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    private static ChatResponse response(List<ChatModelStreamingEvent> events) {
        return ((CompleteResponse) events.get(events.size() - 1)).chatResponse();
    }

    @Test
    void toolCallsComeInPiecesAndThenWhole() {
        String first = toolStart(0, "toolu_1", "one") + inputJson(0, "") + inputJson(0, "{\"a\":") + inputJson(0, "1}");
        String second = toolStart(1, "toolu_2", "two");
        List<ChatModelStreamingEvent> events = all(serving(
                        reply(h200(), chunk(ms() + first + be(0) + second + be(1) + md("tool_use") + st()), end())))
                .events();

        assertThat(events)
                .filteredOn(PartialToolCall.class::isInstance)
                .extracting(event -> ((PartialToolCall) event).partialArguments())
                .containsExactly("{\"a\":", "1}");
        assertThat(events)
                .filteredOn(CompleteToolCall.class::isInstance)
                .extracting(event -> (CompleteToolCall) event)
                .extracting(call -> call.index()
                        + call.toolExecutionRequest().name()
                        + call.toolExecutionRequest().arguments())
                .containsExactly("0one{\"a\":1}", "1two{}");
        ChatResponse response = response(events);
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(response.aiMessage().toolExecutionRequests())
                .extracting("id")
                .containsExactly("toolu_1", "toolu_2");
    }

    @Test
    void halfACallIsNone() {
        String half = toolStart(0, "toolu_1", "one") + be(0) + toolStart(1, "toolu_2", "two") + inputJson(1, "{\"a\":");
        Outcome<ChatModelStreamingEvent> outcome =
                all(serving(reply(h200(), chunk(ms() + half + be(1) + md("max_tokens") + st()), end())));

        assertThat(outcome.events()).noneMatch(CompleteToolCall.class::isInstance);
        assertThat(response(outcome.events()).aiMessage().hasToolExecutionRequests())
                .isFalse();
        assertThat(response(outcome.events()).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void callOfAnAnswerThatBreaksIsNotToldWhole() {
        String call = toolStart(0, "toolu_1", "one") + inputJson(0, "{}") + be(0);
        Outcome<ChatModelStreamingEvent> outcome = all(serving(reply(h200(), chunk(ms() + call), end())));

        assertThat(outcome.error(StreamException.class).partial()).isPresent();
        assertThat(outcome.events())
                .hasAtLeastOneElementOfType(PartialToolCall.class)
                .noneMatch(CompleteToolCall.class::isInstance);
    }

    @Test
    void handlerThatThrowsWhateverItIsToldHarmsNobody() {
        HandlerRecorder seen = new HandlerRecorder();
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("toolu_1").name("one").build();

        assertThatCode(() ->
                        HandlerSubscriber.subscribe(Flux.just(new CompleteToolCall(0, call)), new Complaining(seen)))
                .doesNotThrowAnyException();
        seen.end(NoClassDefFoundError.class);
    }

    @Test
    void demandReachesTheServer() {
        Recorder<ChatModelStreamingEvent> recorder =
                subscribe(serving(reply(h200(), chunk(ms() + bs(0)), flood(200 << 20, d(0, "x".repeat(1000))))), 1);
        recorder.awaitValues(1, SOON);
        server.connection(0).awaitStall(Duration.ofMillis(300), SOON);

        assertThat(recorder.n()).isEqualTo(1);
        assertThat(server.bytesWritten()).isLessThanOrEqualTo(8 << 20);
        recorder.request(2);
        recorder.awaitValues(3, SOON);
        assertThat(recorder.n()).isEqualTo(3);
        recorder.cancel();
        assertLetGo();
        assertThat(recorder.terminals()).isZero();
    }

    @Test
    void cutAnswerIsAnErrorForSubscribersAndForHandlers() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(ms() + bs(0) + d(0, "half")), end()));

        assertThat(all(model)
                        .error(StreamException.class)
                        .partial()
                        .orElseThrow()
                        .text())
                .isEqualTo("half");
        HandlerRecorder handler = new HandlerRecorder();
        model.chat(PROMPT, handler);
        handler.end(StreamException.class);
        assertThat(handler.pieces).containsExactly("half");
        assertLetGo();
    }

    @Test
    void errorBehindTheStatus200IsTheClientsOwn() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(err("overloaded_error")), end()));

        all(model).error(OverloadedException.class);
        HandlerRecorder handler = new HandlerRecorder();
        model.chat(PROMPT, handler);
        handler.end(OverloadedException.class);
    }

    @Test
    void handlerHearsEachPieceWhatHasNoNameAndOneEnd() {
        HandlerRecorder handler = new HandlerRecorder();
        serving(reply(h200(), chunk(good("hi")), end())).chat(PROMPT, handler);

        assertThat(handler.end(ChatResponse.class).aiMessage().text()).isEqualTo("hi");
        assertThat(handler.pieces).containsExactly("hi");
        assertThat(handler.others)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessageStart", "MessageDelta");
        assertThat(handler.handle).isNotNull().extracting("cancelled").isEqualTo(false);
    }

    @Test
    void handleCancelsAndNothingComesBehindIt() {
        String two = ms() + bs(0) + d(0, "one") + d(0, "two");
        HandlerRecorder handler = new HandlerRecorder(handle -> handle.cancel());
        serving(reply(h200(), chunk(two), hang())).chat(PROMPT, handler);

        Await.untilOrFail("the first piece", SOON, () -> !handler.pieces.isEmpty());
        assertLetGo();
        assertThat(handler.pieces).containsExactly("one");
        assertThat(handler.terminals).isEmpty();
        assertThat(handler.handle).isNotNull().extracting("cancelled").isEqualTo(true);
    }

    @Test
    void handlerThatThrowsIsToldAndHarmsNobodyElse() {
        ClaudeFluxStreamingChatModel model = serving(
                reply(h200(), chunk(ms() + bs(0) + d(0, "hi") + d(0, "ho")), hang()),
                reply(h200(), chunk(good("ok")), end()));
        HandlerRecorder broken = new HandlerRecorder(handle -> {
            throw new NoClassDefFoundError("broken on purpose");
        });
        model.chat(PROMPT, broken);

        broken.end(NoClassDefFoundError.class);
        assertLetGo();
        assertThat(broken.pieces).containsExactly("hi");
        assertThat(broken.terminals).hasSize(1);
        assertThat(response(all(model).events()).aiMessage().text()).isEqualTo("ok");
    }

    @Test
    void handlerThatThrowsAtTheEndIsNotToldTwice() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(good("ok")), end()));
        HandlerRecorder seen = new HandlerRecorder();
        model.doChat(Requested.user(PROMPT), new Complaining(seen));

        seen.end(ChatResponse.class);
        assertLetGo();
        assertThat(seen.terminals).hasSize(1);
        assertThat(all(model).isComplete()).isTrue();
    }

    @Test
    void sixtyStreamsTakeNoThreadOfTheirOwn() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(ms() + bs(0) + d(0, "hi")), hang()));
        subscribe(model, Long.MAX_VALUE).awaitValues(2, SOON);
        long before = threadsOfOurs();
        List<HandlerRecorder> handlers = IntStream.range(0, 60)
                .mapToObj(i -> new HandlerRecorder())
                .peek(handler -> model.chat(PROMPT, handler))
                .toList();
        Await.untilOrFail("the pieces", SOON, () -> handlers.stream().noneMatch(h -> h.pieces.isEmpty()));

        assertThat(client.metrics().permits().inUse()).isEqualTo(61);
        assertThat(threadsOfOurs() - before)
                .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors() + 4);
        client.close();
        handlers.forEach(handler -> handler.end(Throwable.class));
    }

    /** The scripted server has threads for its connections. */
    private static long threadsOfOurs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("scripted-"))
                .count();
    }

    @Test
    void publisherKeepsTheRulesOfFlowTowardsThoseWhoDoNot() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(good("hi")), hang()));
        AtomicReference<Throwable> told = new AtomicReference<>();
        model.doChat(Requested.user(PROMPT)).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(0);
            }

            @Override
            public void onNext(ChatModelStreamingEvent event) {}

            @Override
            public void onError(Throwable failure) {
                told.set(failure);
            }

            @Override
            public void onComplete() {}
        });

        Await.untilOrFail("an error", SOON, () -> told.get() instanceof IllegalArgumentException);
        assertLetGo();
        assertThatThrownBy(() -> model.doChat(Requested.user(PROMPT)).subscribe(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void requestIsCold() {
        ClaudeFluxStreamingChatModel model = serving(reply(h200(), chunk(good("hi")), end()));
        var publisher = JdkFlowAdapter.flowPublisherToFlux(model.chat(Requested.user(PROMPT)));
        assertThat(server.reqs()).isZero();
        Recorder.subscribe(publisher, Long.MAX_VALUE).outcome(SOON);
        Recorder.subscribe(publisher, Long.MAX_VALUE).outcome(SOON);

        assertThat(server.reqs()).isEqualTo(2);
        assertThat(Json.parse(server.request(0).bodyText()).get("stream")).contains(Json.of(true));
    }
}
