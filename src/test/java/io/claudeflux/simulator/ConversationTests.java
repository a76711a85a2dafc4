package io.claudeflux.simulator;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.SseEvent;
import io.claudeflux.error.ApiError;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.message.CacheBreakpoints;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.stream.MessageStream;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.ToolInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Turn after turn, and one answer seen by several, over HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConversationTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
            .system("Be brief.")
            .tool(new CustomTool("get_tide", "Tides of a port.", Json.parse("{\"type\":\"object\"}")))
            .user("Explain backpressure.")
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final ClaudeClient client =
            ClaudeClient.builder().apiKey("test").baseUrl(claude.baseUrl()).build();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    @Test
    void requestGrowsFromTurnToTurn() {
        claude.enqueue(
                reply(thinking("Tides?", "c2lnbmVk"), toolUse("get_tide", "{\"port\": \"Brest\"}")), reply("High."));
        CacheBreakpoints breakpoints = CacheBreakpoints.defaults();
        MessageRequest first = breakpoints.move(REQUEST);
        Message call = client.messages().create(first).blockOptional(WAIT).orElseThrow();
        ToolUseBlock use = (ToolUseBlock) call.content().get(1);
        MessageRequest second = breakpoints.move(first.toBuilder()
                .message(call.toParam())
                .message(MessageParam.user(ToolResultBlock.of(use.id(), "4 m")))
                .build());
        Message answer = client.messages().create(second).blockOptional(WAIT).orElseThrow();
        MessageRequest third = breakpoints.move(second.toBuilder()
                .message(answer.toParam())
                .user("And tomorrow?")
                .build());

        assertThat(client.messages().check(third)).isEmpty();
        assertThat(third.messages()).hasSize(5);
        Json sent = claude.requests().get(1).body();
        Json turn = sent.get("messages").orElseThrow().elements().get(1);
        assertThat(turn.get("content")).contains(Json.of(call).get("content").orElseThrow());
        assertThat(count(sent.text())).as("tools, system, conversation").isEqualTo(3);
        assertThat(count(Json.of(third).text())).isEqualTo(3);
    }

    private static int count(String json) {
        return json.split("\"cache_control\"", -1).length - 1;
    }

    @Test
    void severalViewsAreOneRequest() {
        claude.enqueue(reply(text("Let me see."), toolUse("get_tide", "{\"port\": \"Brest\"}")));
        Flux<String> page = client.messages().stream(REQUEST).publish(ConversationTests::page);
        List<String> shown = page.collectList().blockOptional(WAIT).orElseThrow();
        assertThat(shown).contains("get_tide {\"port\": \"Brest\"}", "whole");
        assertThat(String.join("", shown)).contains("Let me see.");
        assertThat(claude.requests()).hasSize(1);
    }

    private static Flux<String> page(Flux<StreamEvent> shared) {
        MessageStream answer = MessageStream.of(shared);
        return Flux.merge(
                answer.toolInput()
                        .ofType(ToolInput.Valid.class)
                        .map(call -> call.name() + " " + call.raw())
                        .onErrorComplete(),
                answer.message().map(whole -> "whole").onErrorComplete(),
                answer.text());
    }

    @Test
    void failureOfAStreamSeenBySeveralIsTheTypedOne() {
        claude.respondWith(
                request -> reply("one two").errorInStream("overloaded_error").afterEvents(3));
        try (HookProbe probe = HookProbe.install()) {
            client.messages().stream(REQUEST)
                    .publish(ConversationTests::page)
                    .as(StepVerifier::create)
                    .expectNext("one")
                    .expectError(io.claudeflux.error.OverloadedException.class)
                    .verify(WAIT);
            probe.assertNothingDropped();
        }
    }

    @Test
    void cancelOfAStreamSeenBySeveralEndsTheRequest() {
        claude.enqueue(reply("one two three").stallAfterEvents(3));
        StepVerifier.create(client.messages().stream(REQUEST).publish(ConversationTests::page), 1)
                .expectNext("one")
                .thenCancel()
                .verify(WAIT);
        assertThat(claude.requests().get(0).outcome().block(WAIT)).isEqualTo(SimulatedRequest.Outcome.CANCELLED);
    }

    /** A second simulator stands for the service in between: what it sends is what came, and this client reads it. */
    @Test
    void streamHandedOnIsReadLikeTheFirst() {
        claude.respondWith(request -> reply(
                        thinking("Hm\n", "c2lnbmVk"),
                        text("a\nb"),
                        new Block.ToolUse("toolu_1", "get_tide", "{\"x\":1}"))
                .usage(3, 9));
        List<StreamEvent> direct = client.messages().stream(REQUEST)
                .collectList()
                .blockOptional(WAIT)
                .orElseThrow();
        try (ClaudeSimulator between = ClaudeSimulator.start();
                ClaudeClient browser = ClaudeClient.builder()
                        .apiKey("test")
                        .baseUrl(between.baseUrl())
                        .build()) {
            between.respondWith(request -> Reply.raw(client.messages().stream(REQUEST)
                    .as(SseEvent::stream)
                    .map(event -> "event: " + event.name() + "\ndata: " + event.data() + "\n\n")));
            List<StreamEvent> handed = browser.messages().stream(REQUEST)
                    .collectList()
                    .blockOptional(WAIT)
                    .orElseThrow();
            assertThat(handed.subList(1, handed.size())).isEqualTo(direct.subList(1, direct.size()));
        }
    }

    @Test
    void failureHandedOnSaysNothingOfTheServer() {
        claude.respondWith(request -> reply("one two")
                .errorInStream("overloaded_error", "organization 123 is out of credit")
                .afterEvents(3));
        List<SseEvent> handed = client.messages().stream(REQUEST)
                .as(SseEvent::stream)
                .collectList()
                .blockOptional(WAIT)
                .orElseThrow();
        SseEvent last = handed.get(handed.size() - 1);
        assertThat(last.name()).isEqualTo("error");
        ApiError error = ApiError.read(Json.parse(last.data()));
        assertThat(error.type()).isEqualTo("overloaded_error");
        assertThat(error.requestId()).isEqualTo(claude.requests().get(0).requestId());
        assertThat(last.data()).doesNotContain("organization", "credit");
    }
}
