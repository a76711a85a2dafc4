package io.claudeflux.internal.admission;

import io.claudeflux.error.ApiException;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.limit.RateLimiter.Lease;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one attempt was let out with, and what it tells the limiter in return.
 *
 * <p>Whoever ends the {@link Hold} settles it; that is one thread, once.
 */
public final class Pass {
    /** Of a client without a limiter. */
    private static final Lease NO_LEASE = usage -> {};

    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    private static final UsageReport NOTHING = new UsageReport(Usage.of(0, 0), false);

    private final Estimate estimate;
    private final Lease lease;
    private volatile @Nullable Supplier<@Nullable UsageReport> usage;

    private Pass(Estimate estimate, Lease lease) {
        this.estimate = estimate;
        this.lease = lease;
    }

    static Pass free(Estimate estimate) {
        return new Pass(estimate, NO_LEASE);
    }

    static Pass of(Estimate estimate, Lease lease) {
        return new Pass(estimate, lease);
    }

    /**
     * An answer has begun.
     *
     * @param head its head
     * @param consumed what it has consumed whenever it is asked; null before it has told
     */
    public void answered(ResponseMetadata head, Supplier<@Nullable UsageReport> consumed) {
        usage = consumed;
        learn(head);
    }

    void settle(Ending ending) {
        if (lease == NO_LEASE) {
            return;
        }
        if (ending.error() instanceof ApiException refused && !refused.isInStream()) {
            learn(refused.response());
        }
        tell(() -> lease.settle(consumed(ending)));
    }

    /** It was never used. */
    void giveBack() {
        tell(() -> lease.settle(NOTHING));
    }

    private UsageReport consumed(Ending ending) {
        Supplier<@Nullable UsageReport> known = usage;
        UsageReport report = known == null ? null : known.get();
        if (report != null) {
            return report;
        }
        return ending.mayHaveConsumed() ? new UsageReport(Usage.of(estimate.inputTokens(), 0), false) : NOTHING;
    }

    private void learn(ResponseMetadata head) {
        if (lease != NO_LEASE) {
            tell(() -> lease.learn(head.rateLimits()));
        }
    }

    static void tell(Runnable call) {
        try {
            call.run();
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable broken) {
            LOG.warn("a RateLimiter threw when it was told what became of a call; the call goes on", broken);
        }
    }
}
