package io.claudeflux.simulator;

import static io.claudeflux.simulator.Block.deltas;
import static io.claudeflux.simulator.Reply.disconnect;
import static io.claudeflux.simulator.Reply.raw;
import static io.claudeflux.simulator.Reply.reply;
import static io.claudeflux.simulator.Reply.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.simulator.SimulatedRequest.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FaultTests {

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Reply ANSWER = reply(deltas("one", " two", " three"));
    private static final int EVENTS = 8;

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    private Outcome outcome() {
        List<SimulatedRequest> requests = claude.requests();
        return Objects.requireNonNull(
                requests.get(requests.size() - 1).outcome().block(WAIT));
    }

    /** What arrives before the connection breaks. */
    private String untilBroken(Reply reply) {
        claude.enqueue(reply);
        StringBuilder received = new StringBuilder();
        StepVerifier.create(calls.textChunks().doOnNext(received::append).then())
                .expectError()
                .verify(WAIT);
        return received.toString();
    }

    private String toItsEnd(Reply reply) {
        claude.enqueue(reply);
        return calls.stream().body();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, EVENTS})
    void aCutComesAfterSoManyEvents(int events) {
        assertThat(Calls.names(untilBroken(ANSWER.cut().afterEvents(events)))).hasSize(events);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void cutAfterEventsIsTheSame() {
        assertThat(Calls.names(untilBroken(ANSWER.cutAfterEvents(4)))).hasSize(4);
    }

    @Test
    void aCutMayComeInTheMiddleOfACharacter() {
        String start = untilBroken(raw("data: 🌊\n\n").cut().afterBytes(8));

        assertThat(start).startsWith("data: ");
        assertThat(start.getBytes(StandardCharsets.UTF_8)).isNotEqualTo("data: 🌊".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aResetBreaksTheConnectionToo() {
        untilBroken(ANSWER.reset().afterEvents(3));

        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void anEarlyEndIsProperHttp() {
        assertThat(Calls.names(toItsEnd(ANSWER.endEarly().afterEvents(5))))
                .hasSize(5)
                .doesNotContain("message_stop");
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void anErrorInTheStreamIsItsLastEvent(int events) {
        String sse = toItsEnd(ANSWER.errorInStream("overloaded_error").afterEvents(events));

        assertThat(Calls.names(sse)).hasSize(events + 1).endsWith("error");
        assertThat(sse)
                .endsWith(
                        "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},"
                                + "\"request_id\":\"" + claude.requests().get(0).requestId() + "\"}\n\n");
    }

    @Test
    void anErrorInTheStreamMayLeaveTheConnectionOpen() {
        claude.enqueue(ANSWER.errorInStream("api_error", "Boom").stall());

        StepVerifier.create(calls.textChunks())
                .assertNext(event -> assertThat(event).contains("api_error", "Boom"))
                .expectNoEvent(Duration.ofMillis(200))
                .thenCancel()
                .verify(WAIT);
        assertThat(outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void withoutStreamAnErrorInItIsAnHttpError() {
        claude.enqueue(ANSWER.errorInStream("overloaded_error").afterEvents(3));

        assertThat(calls.post(Calls.request(false, "Hi")).statusCode()).isEqualTo(529);
    }

    @Test
    void withoutStreamACutComesHalfWay() {
        claude.enqueue(ANSWER.cut().afterEvents(3));

        assertThatThrownBy(() -> calls.post(Calls.request(false, "Hi"))).hasMessageContaining("bytes received");
    }

    @Test
    void aFaultBeyondTheEndNeverStrikes() {
        assertThat(Calls.names(toItsEnd(ANSWER.cut().afterEvents(EVENTS + 1)))).endsWith("message_stop");
        assertThat(outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aStallIsSilentUntilTheClientLeaves() {
        claude.enqueue(ANSWER.stall().atEnd());

        StepVerifier.create(calls.textChunks().skip(EVENTS - 1L))
                .assertNext(event -> assertThat(event).contains("message_stop"))
                .expectNoEvent(Duration.ofMillis(200))
                .then(() -> assertThat(claude.activeStreams()).isOne())
                .thenCancel()
                .verify(WAIT);
        assertThat(outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(claude.requests().get(0).isCancelled()).isTrue();
        assertThat(claude.activeStreams()).isZero();
    }

    @Test
    void aStallMayBeFullOfPings() {
        claude.enqueue(ANSWER.stallAfterEvents(2).pingEvery(Duration.ofMillis(20)));

        assertThat(calls.textChunks().take(5).collectList().block(WAIT))
                .endsWith(Script.PING, Script.PING, Script.PING);
    }

    @Test
    void aPauseIsASilenceInTheMiddle() {
        claude.enqueue(ANSWER.stall(Duration.ofMillis(300)).afterEvents(4).eventsPerChunk(100));
        List<Long> arrivals = new ArrayList<>();

        List<String> chunks = calls.textChunks()
                .doOnNext(chunk -> arrivals.add(System.nanoTime()))
                .collectList()
                .block(WAIT);

        assertThat(chunks).hasSize(2);
        assertThat(Calls.names(chunks.get(0))).hasSize(4);
        assertThat(Calls.names(chunks.get(1))).hasSize(4).endsWith("message_stop");
        assertThat(arrivals.get(1) - arrivals.get(0)).isGreaterThan(250_000_000);
    }

    @Test
    void faultsAtOnePlaceStrikeInOrder() {
        String sse = untilBroken(ANSWER.stall(Duration.ofMillis(20))
                .afterEvents(3)
                .errorInStream("api_error")
                .afterEvents(3)
                .cut()
                .afterEvents(3));

        assertThat(Calls.names(sse)).hasSize(4).endsWith("error");
    }

    @Test
    void noResponseAtAll() {
        claude.enqueue(disconnect(), silence());

        StepVerifier.create(calls.chunks()).expectError().verify(WAIT);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
        StepVerifier.create(calls.chunks())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .thenCancel()
                .verify(WAIT);
        assertThat(outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void theHeadMayBeLate() {
        claude.enqueue(ANSWER.initialDelay(Duration.ofMillis(250)));
        long start = System.nanoTime();

        assertThat(calls.stream().statusCode()).isEqualTo(200);

        assertThat(System.nanoTime() - start).isGreaterThan(250_000_000);
    }

    @Test
    void dripPutsTimeBetweenDeltas() {
        claude.enqueue(ANSWER.drip(Duration.ofMillis(100)));

        List<Long> arrivals = calls.textChunks()
                .filter(chunk -> chunk.contains("text_delta"))
                .map(chunk -> System.nanoTime() / 1_000_000)
                .collectList()
                .block(WAIT);

        assertThat(arrivals).hasSize(3);
        assertThat(arrivals.get(2) - arrivals.get(0)).isBetween(150L, 1500L);
    }

    @Test
    void pingsComeBeforeEveryNthEvent() {
        assertThat(Calls.names(toItsEnd(ANSWER.pingEvery(4))))
                .hasSize(10)
                .startsWith("ping", "message_start")
                .containsSubsequence("content_block_delta", "ping", "content_block_delta");
    }

    @Test
    void oneReplyServesManyRequests() {
        claude.respondWith(request -> ANSWER);

        assertThat(Flux.range(0, 20)
                        .flatMap(i -> calls.textChunks().collectList(), 20)
                        .map(chunks -> Calls.text(String.join("", chunks)))
                        .collectList()
                        .block(WAIT))
                .hasSize(20)
                .containsOnly("one two three");
    }
}
