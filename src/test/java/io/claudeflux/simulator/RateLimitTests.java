package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.fixture.Await;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RateLimitTests {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String OPUS = "claude-opus-5-5";
    private static final String SONNET = "claude-sonnet-5-5";

    /** A minute's worth of tokens, so large a part of which is used that a test's few seconds of refill do not show. */
    private static final int PER_MINUTE = 6_000;

    private static String requestTo(String model) {
        return Calls.STREAM_REQUEST.replace(SONNET, model);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue("anthropic-ratelimit-" + name).orElse("none");
    }

    private static int outputLeft(Calls calls) {
        return Integer.parseInt(header(
                Calls.send(calls.to("/v1/messages/count_tokens", requestTo(SONNET))), "output-tokens-remaining"));
    }

    @Test
    void overTheLimitIsA429WithAHint() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().rateLimits(1, 0, 0).start()) {
            Calls calls = new Calls(claude);
            claude.enqueue(reply("first"), reply("second"));

            assertThat(header(calls.stream(), "requests-remaining")).isEqualTo("0");
            HttpResponse<String> refused = calls.stream();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(30L, 60L);
            assertThat(refused.body()).doesNotContain("error_code");
            assertThat(claude.enqueuedReplies()).isOne();
            assertThat(claude.answersWithStatus(429)).isOne();
            assertThat(claude.answersWithStatus(200)).isOne();
        }
    }

    @Test
    void limitsAndHeadersAreThoseOfTheModelAsked() {
        try (ClaudeSimulator claude = ClaudeSimulator.builder()
                .rateLimits(1, 0, 0)
                .rateLimits(OPUS + "-20260901", 3, 0, 0)
                .start()) {
            Calls calls = new Calls(claude);
            calls.post(requestTo(SONNET));

            assertThat(calls.post(requestTo(SONNET)).statusCode()).isEqualTo(429);
            HttpResponse<String> other = calls.post(requestTo(OPUS));

            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(header(other, "requests-limit")).isEqualTo("3");
            assertThat(header(other, "requests-remaining")).isEqualTo("2");
            assertThat(header(calls.post(requestTo(OPUS + "-20270101")), "requests-remaining"))
                    .isEqualTo("1");
        }
    }

    @Test
    void outputIsBookedAsItIsGenerated() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().rateLimits(0, 0, PER_MINUTE).start()) {
            Calls calls = new Calls(claude);
            claude.enqueue(reply("aaaa bbbb cccc dddd").usage(1, 4_000).stallAfterEvents(4));

            Disposable open = calls.textChunks().subscribe();
            Await.untilOrFail("the request", WAIT, () -> claude.requests().size() == 1);
            // Two of four deltas.
            Await.untilOrFail("half of the output", WAIT, () -> outputLeft(calls) <= PER_MINUTE - 1_000);
            assertThat(outputLeft(calls)).isBetween(PER_MINUTE - 2_000, PER_MINUTE - 1_000);
            open.dispose();

            assertThat(claude.requests().get(0).outcome().block(WAIT)).isEqualTo(Outcome.CANCELLED);
            assertThat(outputLeft(calls)).isBetween(PER_MINUTE - 2_000, PER_MINUTE - 1_000);
        }
    }

    @Test
    void anAnswerInOnePieceIsBookedWhole() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().rateLimits(0, 0, PER_MINUTE).start()) {
            Calls calls = new Calls(claude);
            claude.enqueue(reply("whole").usage(1, 5_000));

            calls.post(Calls.request(false, "Hi"));

            assertThat(outputLeft(calls)).isBetween(PER_MINUTE - 5_000, PER_MINUTE - 4_000);
        }
    }

    @Test
    void usageThatGrowsTooFastIsA429OfItsOwnKind() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().accelerationLimit(1).start()) {
            Calls calls = new Calls(claude);
            calls.post(requestTo(SONNET));

            // Within any one second at most two of these get in, and within the next at most four.
            HttpResponse<String> refused = calls.post(requestTo(SONNET));
            for (int i = 0; i < 200 && refused.statusCode() == 200; i++) {
                refused = calls.post(requestTo(SONNET));
            }

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body())
                    .contains("\"rate_limit_error\"", "\"details\":{\"error_code\":\"ramp_limit_exceeded\"}");
            assertThat(refused.headers().firstValue("retry-after")).contains("1");
            assertThat(calls.post(requestTo(OPUS)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theMostStreamsAtOnceAreRemembered() {
        try (ClaudeSimulator claude = ClaudeSimulator.start()) {
            Calls calls = new Calls(claude);
            claude.respondWith(request -> reply("Hello").stallAfterEvents(2));
            Disposable first = calls.textChunks().subscribe();
            Disposable second = calls.textChunks().subscribe();
            Await.untilOrFail("two streams", WAIT, () -> claude.activeStreams() == 2);

            first.dispose();
            Await.untilOrFail("one stream", WAIT, () -> claude.activeStreams() == 1);

            assertThat(claude.peakActiveStreams()).isEqualTo(2);
            claude.reset();
            assertThat(claude.peakActiveStreams()).isOne();
            assertThat(claude.answersWithStatus(200)).isZero();
            second.dispose();
        }
    }

    @Test
    void headersCanBeTurnedOff() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().rateLimitHeaders(false).start()) {
            assertThat(new Calls(claude).stream().headers().map().keySet())
                    .noneMatch(name -> name.startsWith("anthropic-ratelimit"));
        }
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ClaudeSimulator.builder().accelerationLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accelerationLimit must be > 0 but was 0");
        assertThatThrownBy(() -> ClaudeSimulator.builder().rateLimits(SONNET, 1, 1, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
