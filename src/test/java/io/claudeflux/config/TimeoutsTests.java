package io.claudeflux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTests {
    private static final List<BiFunction<Timeouts, Duration, Timeouts>> SETTERS = List.of(
            Timeouts::withConnect,
            Timeouts::withQueue,
            Timeouts::withFirstByte,
            Timeouts::withIdle,
            Timeouts::withProgress,
            Timeouts::withTotal);

    private final Timeouts defaults = Timeouts.defaults();

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(defaults)
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(180),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(300),
                        Duration.ZERO));
    }

    @Test
    void eachSetterChangesItsClockAndNoOther() {
        for (int i = 0; i < SETTERS.size(); i++) {
            List<Duration> before = values(defaults);
            List<Duration> after = values(SETTERS.get(i).apply(defaults, Duration.ofMillis(7)));
            for (int j = 0; j < before.size(); j++) {
                assertThat(after.get(j)).isEqualTo(i == j ? Duration.ofMillis(7) : before.get(j));
            }
        }
    }

    @Test
    void limitsThatCannotBeAreRefusedByName() {
        for (Duration wrong :
                List.of(Duration.ofNanos(1), Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            SETTERS.forEach(setter -> assertThatThrownBy(() -> setter.apply(defaults, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be zero, or 1 ms to 7 days"));
        }
        assertThatThrownBy(() -> defaults.withIdle(Duration.ofNanos(1))).hasMessageStartingWith("idle ");
    }

    @ParameterizedTest
    @CsvSource({"0, 180", "32767, 180", "32768, 181", "32000000, 1156"})
    void uploadsHaveASecondMoreForEach32KiB(int bytes, int seconds) {
        assertThat(defaults.firstByteOf(bytes)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(defaults.withFirstByte(Duration.ZERO).firstByteOf(bytes)).isZero();
    }

    private static List<Duration> values(Timeouts limits) {
        return List.of(
                limits.connect(), limits.queue(), limits.firstByte(), limits.idle(), limits.progress(), limits.total());
    }
}
