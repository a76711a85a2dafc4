package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.fixture.Await;
import io.claudeflux.message.Json;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ClaudeSimulatorTests {

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    /** The example of the class documentation, with a plain HTTP call for the code under test. */
    @Test
    void answersOneEnqueuedReplyAfterTheOther() {
        claude.enqueue(error(529), reply("Hello!"));

        assertThat(calls.stream().statusCode()).isEqualTo(529);
        String text = Calls.text(calls.post(Calls.request(true, "Hi")).body());

        assertThat(text).isEqualTo("Hello!");
        assertThat(claude.requests()).hasSize(2);
        assertThat(claude.requests().get(1).prompt()).isEqualTo("Hi");
    }

    @Test
    void asksTheFunctionWhenNothingIsEnqueued() {
        claude.respondWith(request -> reply("You said: " + request.prompt()));
        claude.enqueue(reply("first"));

        assertThat(Calls.text(calls.post(Calls.request(true, "A")).body())).isEqualTo("first");
        assertThat(Calls.text(calls.post(Calls.request(true, "B")).body())).isEqualTo("You said: B");
    }

    @Test
    void tellsOfEveryRequestOnceItsAnswerHasEnded() throws Exception {
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        try (ClaudeSimulator logging = ClaudeSimulator.builder()
                .onAnswered(request -> log.add(request.method() + " " + request.path() + " " + request.status()))
                .start()) {
            logging.enqueue(error(529), reply("Hello!"));
            Calls caller = new Calls(logging);

            caller.stream();
            assertThat(log.poll(5, TimeUnit.SECONDS)).isEqualTo("POST /v1/messages OptionalInt[529]");
            caller.stream();
            assertThat(log.poll(5, TimeUnit.SECONDS)).isEqualTo("POST /v1/messages OptionalInt[200]");
        }
    }

    @Test
    void aFunctionThatFailsIsAnApiError() {
        claude.respondWith(request -> {
            throw new IllegalStateException("oops");
        });

        HttpResponse<String> response = calls.stream();

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("api_error", "oops");
    }

    @Test
    void remembersWhatItReceived() {
        Instant before = Instant.now();

        calls.post(Calls.request(false, "Who are you?"));

        SimulatedRequest request = claude.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.query()).isEmpty();
        assertThat(request.header("X-Api-Key")).contains("test");
        assertThat(request.headers().get("anthropic-version")).containsExactly("2023-06-01");
        assertThat(request.body().get("model").flatMap(Json::asString)).contains("claude-sonnet-5-5");
        assertThat(request.isStream()).isFalse();
        assertThat(request.receivedAt()).isBetween(before, Instant.now());
        assertThat(request.outcome().block(Duration.ofSeconds(5))).isEqualTo(Outcome.COMPLETED);
        assertThat(request)
                .hasToString("POST /v1/messages (" + request.bodyText().length() + " chars)");
    }

    @Test
    void remembersRefusedRequestsWhateverTheirBody() {
        calls.post("{not json");

        SimulatedRequest request = claude.requests().get(0);
        assertThat(request.bodyText()).isEqualTo("{not json");
        assertThatThrownBy(request::body).isInstanceOf(IllegalStateException.class);
        assertThat(request.prompt()).isEmpty();
    }

    @Test
    void forgetsTheOldestRequestsBeyondItsLimit() {
        try (ClaudeSimulator small = ClaudeSimulator.builder().keepRequests(2).start()) {
            Calls toSmall = new Calls(small);
            List.of("a", "b", "c").forEach(prompt -> toSmall.post(Calls.request(false, prompt)));

            assertThat(small.requests()).extracting(SimulatedRequest::prompt).containsExactly("b", "c");
        }
    }

    @Test
    void resetForgetsEverythingTold() {
        claude.enqueue(reply("left over"));
        claude.respondWith(request -> reply("told"));
        calls.stream();
        claude.enqueue(reply("left over"));

        claude.reset();

        assertThat(claude.requests()).isEmpty();
        assertThat(claude.enqueuedReplies()).isZero();
        assertThat(Calls.text(calls.stream().body())).contains("Explain backpressure.");
    }

    @Test
    void oneSeedGivesTheSameAnswers() {
        try (ClaudeSimulator again = ClaudeSimulator.start();
                ClaudeSimulator other = ClaudeSimulator.builder().seed(2).start()) {
            String answer = calls.stream().body();

            assertThat(new Calls(again).stream().body()).isEqualTo(answer);
            assertThat(new Calls(other).stream().body()).isNotEqualTo(answer);
        }
    }

    @Test
    void countsTokensAndListsModels() {
        assertThat(Calls.send(calls.to("/v1/messages/count_tokens", Calls.request(false, "12345678")))
                        .body())
                .isEqualTo("{\"input_tokens\":2}");
        Json models =
                Json.parse(Calls.send(calls.to("/v1/models?limit=5", "").GET()).body());
        assertThat(models.get("data").orElseThrow().elements()).hasSizeGreaterThan(3);
        assertThat(Calls.send(calls.to("/v1/models/claude-sonnet-5-5", "").GET())
                        .body())
                .contains("\"id\":\"claude-sonnet-5-5\"", "\"display_name\":\"Claude Sonnet 5.5\"");
        assertThat(Calls.send(calls.to("/v1/models/gpt", "").GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTakenPortIsAnError() {
        assertThatThrownBy(() -> ClaudeSimulator.builder().port(claude.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(claude.port()));
    }

    @Test
    void closesAtOnceTwiceAndLeavesNoThread() {
        claude.enqueue(reply("never ends").stall().afterEvents(2));
        calls.textChunks().take(2).subscribe();
        calls.openWithoutReading();
        int port = claude.port();
        long start = System.nanoTime();

        claude.close();
        claude.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        Await.until(Duration.ofSeconds(5), () -> threads().isEmpty());
        assertThat(threads()).isEmpty();
        ClaudeSimulator.builder().port(port).start().close();
    }

    /** Those of all simulators with what they are doing. */
    private static Map<Thread, String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("claude-simulator"))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Arrays.toString(entry.getValue())));
    }
}
