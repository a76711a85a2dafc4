package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTests {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.500Z");

    private final AtomicLong nanos = new AtomicLong(-5);

    private Quota quota(int requests, int inputTokens, int outputTokens) {
        return new Quota(new Quota.Limits(requests, inputTokens, outputTokens), 0, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void requestsBeyondTheLimitWaitForTheRefill() {
        Quota quota = quota(2, 0, 0);

        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).map(Quota.Refusal::delay).contains(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(20));
        assertThat(quota.admit(1)).map(Quota.Refusal::delay).contains(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(11));
        assertThat(quota.admit(1)).isEmpty();
    }

    @Test
    void inputTokensCount() {
        Quota quota = quota(0, 6_000, 0);

        assertThat(quota.admit(5_000)).isEmpty();
        assertThat(quota.admit(2_000)).map(Quota.Refusal::delay).contains(Duration.ofSeconds(10));
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
    void unusedTimeDoesNotAddUp() {
        Quota quota = quota(1, 0, 0);
        pass(Duration.ofHours(1));

        assertThat(quota.admit(1)).isEmpty();
        assertThat(quota.admit(1)).isPresent();
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> new Quota.Limits(1, -2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate limits must be >= 0 but were 1, -2 and 3");
    }

    @Test
    void growthThatIsTooFastIsToldFromWhatIsUsedUp() {
        Quota ramping = new Quota(new Quota.Limits(3, 0, 0), 2, nanos::get);
        ramping.admit(1);
        ramping.admit(1);

        assertThat(ramping.admit(1)).contains(new Quota.Refusal(Duration.ofSeconds(1), true));
        pass(Duration.ofMillis(1_250));
        assertThat(ramping.admit(1)).isEmpty();
        assertThat(ramping.admit(1)).map(Quota.Refusal::isRamp).contains(false);
    }

    @Test
    void whatIsRefusedDoesNotCountAsUse() {
        Quota ramping = new Quota(new Quota.Limits(0, 0, 0), 1, nanos::get);
        for (int i = 0; i < 100; i++) {
            ramping.admit(1);
        }
        pass(Duration.ofSeconds(1));

        assertThat(ramping.admit(1)).isEmpty();
        assertThat(ramping.admit(1)).isEmpty();
        assertThat(ramping.admit(1)).isPresent();
    }
}
