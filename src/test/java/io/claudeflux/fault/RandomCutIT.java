package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.HookProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Ten thousand cuts, on four clients side by side; slow for as many connections. */
@Timeout(300)
class RandomCutIT {
    private static final int CASES = 10_000;
    private static final int CLIENTS = 4;

    @Test
    @DisplayName("E17 10,000 random cuts by random faults: no second request behind output, and no output twice")
    void outputIsNeverRepeated(TestReporter reporter)
            throws InterruptedException, ExecutionException, TimeoutException {
        long seed = new Random().nextLong();
        reporter.publishEntry("seed", Long.toString(seed));
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (HookProbe hooks = HookProbe.install()) {
            List<Future<RandomCuts.Tally>> parts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long own = seed + i;
                parts.add(threads.submit(() -> RandomCuts.play(own, CASES / CLIENTS)));
            }
            RandomCuts.Tally tally = new RandomCuts.Tally(0, 0, 0, 0);
            for (Future<RandomCuts.Tally> part : parts) {
                tally = tally.plus(part.get(240, TimeUnit.SECONDS));
            }
            reporter.publishEntry("outcomes", tally.toString());
            assertThat(tally.untouched() + tally.healed() + tally.refused() + tally.broken())
                    .isEqualTo(CASES);
            assertThat(tally.healed()).isGreaterThan(CASES / 10);
            assertThat(tally.broken()).isGreaterThan(CASES / 4);
            hooks.assertNothingDropped();
        } finally {
            threads.shutdownNow();
        }
    }
}
