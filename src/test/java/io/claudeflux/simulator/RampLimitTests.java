package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RampLimitTests {

    private static final long START = -7;

    private final RampLimit ramp = new RampLimit(10, START);

    /** How many of the wanted requests get in at this time. */
    private int admitted(int wanted, double seconds) {
        long now = START + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        int admitted = 0;
        while (admitted < wanted && ramp.secondsUntilAllowed(now) == 0) {
            ramp.take();
            admitted++;
        }
        return admitted;
    }

    @Test
    void fromRestAsManyAsTheFloorGetIn() {
        assertThat(admitted(1_000, 0)).isEqualTo(10);
    }

    @Test
    void everySecondMayTakeTwiceAsManyAsTheBusiestBefore() {
        assertThat(admitted(1_000, 0)).isEqualTo(10);
        assertThat(admitted(1_000, 1)).isEqualTo(20);
        assertThat(admitted(1_000, 2)).isEqualTo(40);
        assertThat(admitted(3, 3)).isEqualTo(3);
        assertThat(admitted(1_000, 4)).isEqualTo(80);
    }

    @Test
    void aSecondIsOneHoweverItsRequestsAreSpread() {
        assertThat(admitted(4, 0.1)).isEqualTo(4);
        assertThat(admitted(1_000, 0.9)).isEqualTo(6);
    }

    @Test
    void tenSecondsAreRememberedAndNoMore() {
        admitted(10, 0);
        admitted(20, 1);

        assertThat(admitted(25, 11)).isEqualTo(25);
        assertThat(admitted(1_000, 21)).isEqualTo(50);
        assertThat(admitted(1_000, 40)).isEqualTo(10);
    }

    @Test
    void theWaitLastsUntilTheNextSecond() {
        admitted(10, 0.25);

        assertThat(ramp.secondsUntilAllowed(START + TimeUnit.MILLISECONDS.toNanos(250)))
                .isEqualTo(0.75);
    }

    @Test
    void aFloorOfZeroIsNoLimit() {
        RampLimit none = new RampLimit(0, START);
        for (int i = 0; i < 1_000; i++) {
            assertThat(none.secondsUntilAllowed(START)).isZero();
            none.take();
        }
    }
}
