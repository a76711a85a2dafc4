package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadClockTests {
    private static final Timeouts LIMITS =
            Timeouts.defaults().withIdle(Duration.ofNanos(1_000_000)).withProgress(Duration.ofNanos(2_500_000));
    private static final long MS = 1_000_000;

    private final ReadClock clock = new ReadClock(LIMITS, 7);

    @Test
    void silenceIsIdle() {
        assertThat(clock.begin(10)).isEqualTo(10 + MS);
        assertThat(clock.expired(9 + MS)).isNull();
        assertThat(clock.expired(10 + MS)).isEqualTo(Clock.IDLE);
    }

    @Test
    void pingsAloneAreNoProgress() {
        long now = 10;
        for (int pings = 0; pings < 3; pings++) {
            clock.begin(now);
            now += MS * 8 / 10;
            assertThat(clock.expired(now)).isNull();
            clock.end(now);
        }
        // 2.4 ms of waiting so far: what is left of the progress clock is shorter than the idle clock.
        assertThat(clock.begin(now)).isEqualTo(now + MS / 10);
        assertThat(clock.expired(now + MS / 10)).isEqualTo(Clock.PROGRESS);
    }

    @Test
    void contentRestartsTheProgressClock() {
        clock.begin(0);
        clock.end(MS * 9 / 10);
        clock.begin(MS);
        clock.end(MS * 19 / 10);
        clock.progressed();
        assertThat(clock.begin(MS * 2)).isEqualTo(MS * 3);
    }

    @Test
    void timeBetweenTwoWaitsCountsForNothing() {
        clock.begin(0);
        clock.end(MS / 2);
        long later = 1_000 * MS;
        assertThat(clock.begin(later)).isEqualTo(later + MS);
        clock.end(later + MS / 2);
        assertThat(clock.begin(2 * later)).isEqualTo(2 * later + MS);
    }

    @Test
    void clocksThatAreOffNeverRunOut() {
        ReadClock off =
                new ReadClock(Timeouts.defaults().withIdle(Duration.ZERO).withProgress(Duration.ZERO), -5);
        off.begin(-5);
        assertThat(off.expired(Duration.ofDays(1_000).toNanos())).isNull();
    }

    @Test
    void aClockThatStartsBelowZeroCountsTheSame() {
        ReadClock negative = new ReadClock(LIMITS, Long.MIN_VALUE + 5);
        assertThat(negative.begin(Long.MIN_VALUE + 10)).isEqualTo(Long.MIN_VALUE + 10 + MS);
        assertThat(negative.expired(Long.MIN_VALUE + 9 + MS)).isNull();
        assertThat(negative.expired(Long.MIN_VALUE + 10 + MS)).isEqualTo(Clock.IDLE);
    }
}
