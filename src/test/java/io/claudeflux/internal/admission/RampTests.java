package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How fast starts may follow each other. */
class RampTests {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Ramp ramp = new Ramp(10, 1.5, 0);
    private long now;

    @Test
    void theFirstStartsAtOnceAndTheOthersAreSpread() {
        assertThat(ramp.waitAt(0)).isZero();
        ramp.started(0);

        assertThat(ramp.waitAt(0)).isEqualTo(SECOND / 10);
    }

    @Test
    void eachSecondAllowsHalfAsManyMoreAsTheBusiestOfTheTenBefore() {
        int before = startAsManyAsAllowed();
        assertThat(before).isBetween(10, 13);
        for (int i = 0; i < 8; i++) {
            int next = startAsManyAsAllowed();
            assertThat(next).isBetween(before, before * 2);
            before = next;
        }
        assertThat(before).isGreaterThan(200);
    }

    @Test
    void noSecondWhereverItBeginsHasTwiceAsManyAsTheBusiestBefore() {
        long[] starts = new long[5_000];
        int count = 0;
        while (count < starts.length) {
            now += ramp.waitAt(now);
            starts[count++] = now;
            ramp.started(now);
        }

        for (int i = 0; i < count; i++) {
            long from = starts[i] - SECOND;
            long most = Math.max(12, most(starts, i, from));
            assertThat((long) within(starts, i, from)).isLessThanOrEqualTo(2 * most);
        }
    }

    @Test
    void aShortPauseForgetsNothingAndALongOneEverything() {
        startAsManyAsAllowed();
        startAsManyAsAllowed();
        int used = startAsManyAsAllowed();
        now += 8 * SECOND;
        ramp.waitAt(now);
        assertThat(ramp.rate()).isEqualTo(1.5 * used);

        now += 5 * SECOND;
        ramp.waitAt(now);
        assertThat(ramp.rate()).isEqualTo(10);
    }

    @Test
    void aPauseLongerThanEveryClockIsAPause() {
        now += Long.MAX_VALUE / 2;

        assertThat(ramp.waitAt(now)).isZero();
        assertThat(ramp.rate()).isEqualTo(10);
    }

    private int startAsManyAsAllowed() {
        long end = now + SECOND;
        int count = 0;
        for (long next = now + ramp.waitAt(now); next < end; next = now + ramp.waitAt(now)) {
            now = next;
            ramp.started(now);
            count++;
        }
        now = end;
        return count;
    }

    /** How many of the starts up to the last are later than that. */
    private static int within(long[] starts, int last, long from) {
        int count = 0;
        for (int i = last; i >= 0 && starts[i] > from; i--) {
            count++;
        }
        return count;
    }

    /** The most starts of any second that was over by then. */
    private static int most(long[] starts, int last, long by) {
        int most = 0;
        for (int i = last; i >= 0; i--) {
            if (starts[i] <= by && starts[i] > by - 9 * SECOND) {
                most = Math.max(most, within(starts, i, starts[i] - SECOND));
            }
        }
        return most;
    }
}
