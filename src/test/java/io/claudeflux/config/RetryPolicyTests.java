package io.claudeflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.claudeflux.config.RetryPolicy.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RetryPolicyTests {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RetryPolicy DEFAULTS = RetryPolicy.defaults();

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(DEFAULTS)
                .isEqualTo(new RetryPolicy(
                        2,
                        true,
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(8)),
                        new Backoff(SECOND, Duration.ofSeconds(20)),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(240),
                        500));
        assertThat(RetryPolicy.none()).isEqualTo(DEFAULTS.withMaxRetries(0));
    }

    @Test
    void eachChangeTouchesItsOwnValueOnly() {
        Backoff other = new Backoff(Duration.ofMillis(7), Duration.ofMillis(9));
        RetryPolicy all = DEFAULTS.withMaxRetries(5)
                .withRetryAmbiguous(false)
                .withTransientBackoff(other.base(), other.cap())
                .withThrottlingBackoff(SECOND, SECOND)
                .withMaxRetryAfter(Duration.ZERO)
                .withMaxTotalDelay(DAY)
                .withBudget(3);
        assertThat(all).isEqualTo(new RetryPolicy(5, false, other, new Backoff(SECOND, SECOND), Duration.ZERO, DAY, 3));
        assertThat(all.withBackoff(other.base(), other.cap()))
                .isEqualTo(new RetryPolicy(5, false, other, other, Duration.ZERO, DAY, 3));
        assertThat(all.withoutBudget()).isEqualTo(all.withBudget(Integer.MAX_VALUE));
    }

    @TestFactory
    Stream<DynamicTest> whatMakesNoSenseIsNamedWithItsRuleAndValue() {
        Duration negative = Duration.ofMillis(-1);
        Map<String, Supplier<?>> wrong = Map.ofEntries(
                Map.entry("maxRetries must be >= 0 but was -1", () -> DEFAULTS.withMaxRetries(-1)),
                Map.entry("maxRetries must be <= 100 but was 101", () -> DEFAULTS.withMaxRetries(101)),
                Map.entry("budget must be >= 0 but was -1", () -> DEFAULTS.withBudget(-1)),
                Map.entry("maxRetryAfter must be >= 0 but was PT-0.001S", () -> DEFAULTS.withMaxRetryAfter(negative)),
                Map.entry(
                        "maxRetryAfter must be <= PT24H but was PT24H0.000000001S",
                        () -> DEFAULTS.withMaxRetryAfter(DAY.plusNanos(1))),
                Map.entry("maxTotalDelay must be >= 0 but was PT-0.001S", () -> DEFAULTS.withMaxTotalDelay(negative)),
                Map.entry(
                        "maxTotalDelay must be <= PT24H but was PT2562047788015215H30M7.999999999S",
                        () -> DEFAULTS.withMaxTotalDelay(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))),
                Map.entry("base must be > 0 but was PT0S", () -> DEFAULTS.withBackoff(Duration.ZERO, SECOND)),
                Map.entry("base must be > 0 but was PT-0.001S", () -> DEFAULTS.withBackoff(negative, SECOND)),
                Map.entry(
                        "cap must be >= base, PT1S, but was PT0.999999999S",
                        () -> DEFAULTS.withTransientBackoff(SECOND, SECOND.minusNanos(1))),
                Map.entry(
                        "cap must be <= PT24H but was PT24H0.000000001S",
                        () -> DEFAULTS.withThrottlingBackoff(SECOND, DAY.plusNanos(1))));
        return wrong.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThatIllegalArgumentException()
                                .isThrownBy(row.getValue()::get)
                                .withMessage(row.getKey())));
    }

    @Test
    void theEdgesAreAllowed() {
        assertThatNoException()
                .isThrownBy(() -> DEFAULTS.withMaxRetries(100)
                        .withBudget(0)
                        .withMaxRetryAfter(DAY)
                        .withMaxTotalDelay(Duration.ZERO)
                        .withBackoff(Duration.ofNanos(1), DAY)
                        .withBackoff(DAY, DAY));
    }

    @TestFactory
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    Stream<DynamicTest> nullIsNamed() {
        Map<String, ThrowingCallable> wrong = Map.of(
                "base", () -> DEFAULTS.withBackoff(null, SECOND),
                "cap", () -> DEFAULTS.withBackoff(SECOND, null),
                "maxRetryAfter", () -> DEFAULTS.withMaxRetryAfter(null),
                "maxTotalDelay", () -> DEFAULTS.withMaxTotalDelay(null),
                "transientBackoff",
                        () -> new RetryPolicy(2, true, null, DEFAULTS.throttlingBackoff(), SECOND, SECOND, 1),
                "throttlingBackoff",
                        () -> new RetryPolicy(2, true, DEFAULTS.transientBackoff(), null, SECOND, SECOND, 1));
        return wrong.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThatExceptionOfType(NullPointerException.class)
                                .isThrownBy(row.getValue())
                                .withMessage(row.getKey())));
    }
}
