package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many may be under way, by what comes of them. */
class ConcurrencyTests {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Concurrency adaptive = new Concurrency(5, 100);

    @Test
    void aFixedLimitIsFixed() {
        Concurrency fixed = new Concurrency(100, 100);

        fixed.turnedAway(1, 2);
        fixed.completed(100);

        assertThat(fixed.limit()).isEqualTo(100);
    }

    @Test
    void itIsCutToSevenTenths() {
        adaptive.turnedAway(0, SECOND);

        assertThat(adaptive.limit()).isEqualTo(70);
    }

    @Test
    void aBurstCutsItOnce() {
        for (int i = 0; i < 50; i++) {
            adaptive.turnedAway(0, SECOND + i);
        }

        assertThat(adaptive.limit()).isEqualTo(70);
    }

    @Test
    void whatBeganAheadOfTheCutSaysNothingNew() {
        adaptive.turnedAway(0, SECOND);
        adaptive.turnedAway(SECOND - 1, 10 * SECOND);
        assertThat(adaptive.limit()).isEqualTo(70);

        adaptive.turnedAway(SECOND + 1, 10 * SECOND);
        assertThat(adaptive.limit()).isEqualTo(49);
    }

    @Test
    void itIsCutOnceASecondAtMost() {
        adaptive.turnedAway(0, SECOND);
        adaptive.turnedAway(SECOND + 1, 2 * SECOND - 1);
        assertThat(adaptive.limit()).isEqualTo(70);

        adaptive.turnedAway(SECOND + 1, 2 * SECOND);
        assertThat(adaptive.limit()).isEqualTo(49);
    }

    @Test
    void itNeverFallsBelowTheLeast() {
        for (long i = 1; i < 100; i++) {
            adaptive.turnedAway(2 * i * SECOND - 1, 2 * i * SECOND);
        }

        assertThat(adaptive.limit()).isEqualTo(5);
    }

    @Test
    void itGrowsByOneWhenAsManyCompletedAsItAllows() {
        adaptive.turnedAway(0, SECOND);

        for (int i = 0; i < 69; i++) {
            adaptive.completed(70);
        }
        assertThat(adaptive.limit()).isEqualTo(70);
        adaptive.completed(70);
        assertThat(adaptive.limit()).isEqualTo(71);
    }

    @Test
    void itDoesNotGrowWhileHalfOfItIsIdle() {
        adaptive.turnedAway(0, SECOND);

        for (int i = 0; i < 1_000; i++) {
            adaptive.completed(34);
        }

        assertThat(adaptive.limit()).isEqualTo(70);
    }

    @Test
    void itNeverExceedsTheMost() {
        adaptive.turnedAway(0, SECOND);

        for (int i = 0; i < 100_000; i++) {
            adaptive.completed(100);
        }

        assertThat(adaptive.limit()).isEqualTo(100);
    }
}
