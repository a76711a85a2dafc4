package io.claudeflux.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.RetryPolicy.Backoff;
import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffSequenceTests {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    /** E11. */
    @ParameterizedTest(name = "from {0} to {1}, seed {2}")
    @CsvSource({
        "PT0.1S, PT8S, 1",
        "PT1S, PT20S, 2",
        "PT0.000000001S, PT24H, 3",
        "PT24H, PT24H, 4",
        "PT7S, PT7.000000001S, 5",
    })
    void aThousandDelaysStayBetweenBaseAndCapAndThreeTimesTheOneBefore(Duration base, Duration cap, int seed) {
        BackoffSequence waits = new BackoffSequence(new Backoff(base, cap), new Random(seed)::nextDouble);
        Duration previous = base;
        for (int i = 0; i < 1_000; i++) {
            Duration wait = waits.draw();
            assertThat(wait).as("seed %d, delay %d", seed, i).isBetween(base, cap);
            assertThat(wait).as("seed %d, delay %d", seed, i).isLessThanOrEqualTo(previous.multipliedBy(3));
            waits.taken(wait);
            previous = wait;
        }
    }

    @Test
    void theLowestNumberWaitsTheBaseAndTheHighestTriplesUpToTheCap() {
        Backoff range = RetryPolicy.defaults().transientBackoff();
        assertThat(delays(range, () -> 0)).containsOnly(range.base());
        assertThat(delays(range, () -> ALMOST_ONE))
                .extracting(Duration::toMillis)
                .containsExactly(299L, 899L, 2_699L, 8_000L, 8_000L, 8_000L);
        assertThat(delays(range, () -> 0.5))
                .extracting(Duration::toMillis)
                .containsExactly(200L, 350L, 575L, 912L, 1_418L, 2_178L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 1})
    void evenASourceThatYieldsOneStaysInRange(double number) {
        Backoff longest = new Backoff(Duration.ofDays(1), Duration.ofDays(1));
        assertThat(delays(longest, () -> number)).containsOnly(longest.cap());
    }

    @Test
    void whatWasOnlyProposedDoesNotStretchTheNext() {
        Backoff range = RetryPolicy.defaults().throttlingBackoff();
        BackoffSequence waits = new BackoffSequence(range, () -> ALMOST_ONE);
        Duration first = waits.draw();
        assertThat(waits.draw()).isEqualTo(first).isLessThan(Duration.ofSeconds(3));
        waits.taken(first);
        assertThat(waits.draw()).isBetween(Duration.ofMillis(8_999), Duration.ofSeconds(9));
    }

    private static Duration[] delays(Backoff range, DoubleSupplier random) {
        BackoffSequence waits = new BackoffSequence(range, random);
        Duration[] delays = new Duration[6];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = waits.draw();
            waits.taken(delays[i]);
        }
        return delays;
    }
}
