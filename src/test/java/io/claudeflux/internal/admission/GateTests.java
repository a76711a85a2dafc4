package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a model that was asked to pause may be asked again. */
class GateTests {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Gate gate = new Gate(0);

    @Test
    void itIsOpenUntilItIsClosed() {
        assertThat(gate.waitAt(0)).isZero();
        assertThat(gate.isForgotten(0)).isTrue();
    }

    @Test
    void itStaysClosedForAsLongAsTheServerSaid() {
        gate.close(Duration.ofSeconds(3), 0);

        assertThat(gate.waitAt(SECOND)).isEqualTo(2 * SECOND);
        assertThat(gate.closedFor(SECOND)).isEqualTo(Duration.ofSeconds(2));
        assertThat(gate.waitAt(3 * SECOND)).isZero();
    }

    @Test
    void aLongerPauseCountsAndAShorterOneDoesNot() {
        gate.close(Duration.ofSeconds(3), 0);
        gate.close(Duration.ofSeconds(1), SECOND);
        assertThat(gate.waitAt(SECOND)).isEqualTo(2 * SECOND);

        gate.close(Duration.ofSeconds(5), SECOND);
        assertThat(gate.waitAt(SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    void noPauseIsLongerThanTwoMinutes() {
        gate.close(Duration.ofDays(1_000_000), 0);

        assertThat(gate.closedFor(0)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void afterwardsTheyComeOneByOneAndMoreEachSecond() {
        gate.close(Duration.ofSeconds(1), 0);
        long now = SECOND;
        int[] starts = new int[8];
        while (now < 9 * SECOND) {
            long wait = gate.waitAt(now);
            if (wait == 0) {
                gate.started(now);
                starts[(int) (now / SECOND) - 1]++;
            }
            now += Math.max(wait, TimeUnit.MICROSECONDS.toNanos(100));
        }

        assertThat(starts[0]).isBetween(4, 5);
        for (int i = 1; i < starts.length; i++) {
            assertThat(starts[i]).isBetween(starts[i - 1], starts[i - 1] * 5 / 2);
        }
        assertThat(starts[7]).isGreaterThan(400);
    }

    @Test
    void whoWasBusyBeginsWithAQuarterOfThat() {
        for (int i = 0; i < 400; i++) {
            gate.started(i * SECOND / 400);
        }
        gate.close(Duration.ofMillis(250), SECOND);

        assertThat(startsInTheSecondFrom(SECOND + SECOND / 4)).isBetween(95, 130);
    }

    @Test
    void whoIsToldLateThatThePauseIsLongerStillBeginsWithAQuarter() {
        for (int i = 0; i < 400; i++) {
            gate.started(i * SECOND / 400);
        }
        gate.close(Duration.ofSeconds(60), SECOND);
        gate.close(Duration.ofSeconds(60), 30 * SECOND);

        assertThat(startsInTheSecondFrom(90 * SECOND)).isBetween(95, 130);
    }

    @Test
    void tenSecondsLaterNothingIsLeftOfIt() {
        gate.close(Duration.ofSeconds(1), 0);
        gate.started(SECOND);

        assertThat(gate.isForgotten(10 * SECOND)).isFalse();
        assertThat(gate.isForgotten(11 * SECOND)).isTrue();
    }

    @Test
    void aPauseInTheMiddleOfTheRampBeginsItAnew() {
        gate.close(Duration.ofSeconds(1), 0);
        gate.started(SECOND);
        gate.close(Duration.ofSeconds(1), 2 * SECOND);

        assertThat(gate.waitAt(2 * SECOND)).isEqualTo(SECOND);
        gate.started(3 * SECOND);
        assertThat(gate.waitAt(3 * SECOND)).isEqualTo(SECOND / 4);
    }

    private int startsInTheSecondFrom(long now) {
        int starts = 0;
        for (long at = now + gate.waitAt(now); at < now + SECOND; at += gate.waitAt(at)) {
            gate.started(at);
            starts++;
        }
        return starts;
    }
}
