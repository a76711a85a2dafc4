package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.HookProbe;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few of the cuts of {@link RandomCutIT}, in a quick run. */
@Timeout(60)
class RandomCutTests {
    @Test
    @DisplayName("E17 400 random cuts by random faults: no second request behind output, and no output twice")
    void outputIsNeverRepeated() {
        try (HookProbe hooks = HookProbe.install()) {
            RandomCuts.Tally tally = RandomCuts.play(new Random().nextLong(), 400);
            assertThat(tally.healed()).isGreaterThan(20);
            assertThat(tally.broken()).isGreaterThan(100);
            hooks.assertNothingDropped();
        }
    }
}
