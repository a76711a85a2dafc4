package io.claudeflux.simulator;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static io.claudeflux.simulator.Reply.disconnect;
import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** This library's client on the simulator: what a user's tests look like. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClaudeClientTests {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(1024)
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

    private Flux<StreamEvent> stream() {
        return client.messages().stream(REQUEST);
    }

    private <E extends ClaudeException> void assertFails(Reply reply, Class<E> type, int delivered) {
        claude.respondWith(request -> reply);
        StepVerifier.create(stream())
                .expectNextCount(delivered)
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(type);
                    assertThat(((ClaudeException) failure).requestId())
                            .contains(claude.requests().get(0).requestId());
                })
                .verify(WAIT);
    }

    @Test
    void streamsText() {
        claude.enqueue(reply("Hello you"));

        StepVerifier.create(client.messages().streamText(REQUEST))
                .expectNext("Hello", " you")
                .expectComplete()
                .verify(WAIT);
        assertThat(claude.requests().get(0).body().get("model").flatMap(Json::asString))
                .contains("claude-sonnet-5-5");
        assertThat(claude.requests().get(0).prompt()).isEqualTo("Explain backpressure.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void foldsAnyChunkingIntoTheMessageThatWasScripted(int chunkBytes) {
        Reply scripted = reply(
                        thinking("Tides? Call the tool.", "c2lnbmVk"),
                        text("Je vérifie la marée 🌊."),
                        toolUse("get_tide", Map.of("port", "Brest")))
                .usage(412, 91)
                .pingEvery(2);
        claude.enqueue(scripted.chunkBytes(chunkBytes), scripted);

        Message folded = client.messages().create(REQUEST).block(WAIT);
        Json whole = Json.parse(new Calls(claude)
                .post(Calls.request(false, "Explain backpressure."))
                .body());

        assertThat(folded).isNotNull();
        Json content = Json.of(folded).get("content").orElseThrow();
        assertThat(content.elements().subList(0, 2))
                .isEqualTo(whole.get("content").orElseThrow().elements().subList(0, 2));
        assertThat(content.elements().get(2).get("input")).contains(Json.parse("{\"port\":\"Brest\"}"));
        assertThat(folded.usage().outputTokens()).isEqualTo(91);
        assertThat(folded.text()).isEqualTo("Je vérifie la marée 🌊.");
    }

    @Test
    void failsTypedForEveryKindOfFault() {
        assertFails(error(400), InvalidRequestException.class, 0);
        claude.reset();
        assertFails(reply("a b c").errorInStream("overloaded_error").afterEvents(4), OverloadedException.class, 4);
        claude.reset();
        assertFails(reply("a b c").endEarly().afterEvents(4), StreamException.class, 4);
        claude.reset();
        assertFails(reply("a b c").contentType("text/html"), StreamException.class, 0);
    }

    @Test
    void aCutCarriesWhatArrived() {
        claude.respondWith(request -> reply("one two three").cut().afterEvents(4));

        StepVerifier.create(stream())
                .expectNextCount(4)
                .expectErrorSatisfies(failure -> assertThat(((ClaudeException) failure)
                                .partial()
                                .map(PartialMessage::message)
                                .map(Message::text))
                        .contains("one two"))
                .verify(WAIT);
    }

    @Test
    void noAnswerIsATransportError() {
        claude.respondWith(request -> disconnect());

        StepVerifier.create(stream()).expectError(TransportException.class).verify(WAIT);
    }

    @Test
    void cancelIsSeenByTheSimulator() {
        claude.enqueue(reply("word ".repeat(1_000)).drip(Duration.ofMillis(5)));

        StepVerifier.create(stream().filter(ContentBlockDelta.class::isInstance))
                .expectNextCount(3)
                .thenCancel()
                .verify(WAIT);

        assertThat(claude.requests().get(0).outcome().block(WAIT)).isEqualTo(Outcome.CANCELLED);
        assertThat(claude.activeStreams()).isZero();
    }

    @Test
    void manyStreamsAtOnce() {
        claude.respondWith(request -> reply("a b c d").drip(Duration.ofMillis(10)));

        List<String> texts = Flux.range(0, 200)
                .flatMap(i -> client.messages().streamText(REQUEST).reduce(String::concat), 200)
                .collectList()
                .block(WAIT);

        assertThat(texts).hasSize(200).containsOnly("a b c d");
    }
}
