package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is counted of waits, in a client that lives long. */
class WaitsTests {
    @Test
    void theSumOfManyWaitsIsNoNegativeTime() {
        Waits waits = new Waits();
        Duration month = Duration.ofDays(30);
        for (int i = 0; i < 10_000; i++) {
            waits.granted(month.toNanos());
        }

        assertThat(waits.copy().waited()).isEqualTo(month.multipliedBy(10_000));
        assertThat(waits.copy().longest()).isEqualTo(month);
    }
}
