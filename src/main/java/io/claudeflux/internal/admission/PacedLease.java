package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Lease;
import io.claudeflux.message.RateLimits;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leave for one attempt of a {@link PacedModel}. Its end may overtake the head of its answer, on a cancel. */
final class PacedLease implements Lease {
    private final PacedModel model;
    private final Reservation size;
    private final AtomicBoolean hasArrived = new AtomicBoolean();
    private final AtomicBoolean isSettled = new AtomicBoolean();

    PacedLease(PacedModel model, Reservation size) {
        this.model = model;
        this.size = size;
    }

    @Override
    public void learn(RateLimits reported) {
        arrive();
        model.learn(reported);
    }

    @Override
    public void settle(UsageReport usage) {
        if (isSettled.compareAndSet(false, true)) {
            arrive();
            model.settle(size, usage, wasUsed(usage.usage()));
        }
    }

    private void arrive() {
        if (hasArrived.compareAndSet(false, true)) {
            model.arrived(size);
        }
    }

    private static boolean wasUsed(Usage usage) {
        return usage.totalInputTokens() > 0 || usage.outputTokens() > 0;
    }
}
