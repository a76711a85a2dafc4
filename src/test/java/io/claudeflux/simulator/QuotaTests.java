package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTests {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.500Z");

    private final AtomicLong nanos = new AtomicLong(-5);

    private Quota quota(int requests, int inputTokens, int outputTokens) {
        return new Quota(new Quota.Limits(requests, inputTokens, outputTokens), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void requestsBeyondTheLimitWaitForTheRefill() {
        Quota quota = quota(2, 0, 0);

        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).contains(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(20));
        assertThat(quota.admit(1)).contains(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(11));
        assertThat(quota.admit(1)).isEmpty();
    }

    @Test
    void inputTokensCount() {
        Quota quota = quota(0, 6_000, 0);

        assertThat(quota.admit(5_000)).isEmpty();
        assertThat(quota.admit(2_000)).contains(Duration.ofSeconds(10));
        assertThat(quota.admit(1_000)).isEmpty();
    }

    @Test
    void aRequestLargerThanTheLimitGetsThroughWhenNothingElseRan() {
        assertThat(quota(0, 1_000, 0).admit(50_000)).isEmpty();
    }

    @Test
    void outputTokensAreSettledAfterwards() {
        Quota quota = quota(0, 0, 600);

        assertThat(quota.admit(1)).isEmpty();
        quota.produced(900);
        assertThat(quota.admit(1)).isPresent();
        pass(Duration.ofSeconds(31));
        assertThat(quota.admit(1)).isEmpty();
    }

    @Test
    void headersTellWhatIsLeftAndWhenItIsFull() {
        Quota quota = quota(60, 60_000, 12_000);
        quota.admit(30_400);
        quota.produced(2_000);

        Map<String, String> headers = quota.headers(NOW);

        assertThat(headers)
                .containsEntry("anthropic-ratelimit-requests-limit", "60")
                .containsEntry("anthropic-ratelimit-requests-remaining", "59")
                .containsEntry("anthropic-ratelimit-requests-reset", "2026-11-21T12:00:01Z")
                .containsEntry("anthropic-ratelimit-input-tokens-remaining", "30000")
                .containsEntry("anthropic-ratelimit-input-tokens-reset", "2026-11-21T12:00:31Z")
                .containsEntry("anthropic-ratelimit-output-tokens-remaining", "10000")
                .containsEntry("anthropic-ratelimit-tokens-limit", "12000")
                .containsEntry("anthropic-ratelimit-tokens-remaining", "10000");
    }

    @Test
    void withoutLimitNothingEverRunsLow() {
        Quota quota = quota(0, 0, 0);

        for (int i = 0; i < 100_000; i++) {
            assertThat(quota.admit(10_000)).isEmpty();
        }
        assertThat(quota.headers(NOW)).containsEntry("anthropic-ratelimit-requests-remaining", "50000");
    }

    @Test
    void overTheLimitIsA429WithAHint() {
        try (ClaudeSimulator claude =
                ClaudeSimulator.builder().rateLimits(1, 0, 0).start()) {
            Calls calls = new Calls(claude);
            claude.enqueue(reply("first"), reply("second"));

            assertThat(calls.stream().headers().firstValue("anthropic-ratelimit-requests-remaining"))
                    .contains("0");
            HttpResponse<String> refused = calls.stream();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(30L, 60L);
            assertThat(claude.enqueuedReplies()).isOne();
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
    void unusedTimeDoesNotAddUp() {
        Quota quota = quota(1, 0, 0);
        pass(Duration.ofHours(1));

        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).isPresent();
    }
}
