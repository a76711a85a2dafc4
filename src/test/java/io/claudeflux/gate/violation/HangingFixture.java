package io.claudeflux.gate.violation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A test that never returns and does not heed an interrupt; only the time limit is its own, and short. */
public final class HangingFixture {
    @Test
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    void neverReturns() {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < giveUp) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
