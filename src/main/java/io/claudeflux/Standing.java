package io.claudeflux;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.internal.admission.Party;
import io.claudeflux.internal.admission.Permits;
import io.claudeflux.internal.admission.Turn;
import io.claudeflux.message.Priority;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * How one call stands in the queue, over all its attempts. Follows the call's signals, one after another; whoever ends
 * the call may look from another thread.
 */
final class Standing {
    private final String tenant;
    private final Priority priority;
    private final Scheduler timer;
    private volatile @Nullable Turn last;
    private volatile boolean waits;
    private volatile long since;
    private volatile Duration waited = Duration.ZERO;

    Standing(Errand errand, ContextView context, Scheduler timer) {
        this.tenant = Objects.requireNonNullElseGet(errand.tenant(), () -> CallContext.tenantOf(context));
        this.priority = Objects.requireNonNullElseGet(errand.priority(), () -> CallContext.priorityOf(context));
        this.timer = timer;
    }

    /** A place for the next attempt: at the head for a retry, and for no longer than what is left of the limit. */
    Turn next(boolean isRetry, Duration limit, Outgoing.Load load) {
        since = now();
        waits = true;
        Turn next = new Turn(isRetry, limit, waited, new Party(tenant, priority, load.estimate(), load.isMetered()));
        last = next;
        return next;
    }

    /** The wait is over, for better or worse; the answer is how long it took. */
    Duration leave() {
        Duration wait = Duration.ofNanos(now() - since);
        waits = false;
        waited = waited.plus(wait);
        return wait;
    }

    /** All its waits so far. */
    Duration waited() {
        return waits ? waited.plusNanos(now() - since) : waited;
    }

    /** Whether it was refused for what is the matter with its model alone. */
    boolean isKeptBack(ClaudeException failure, Permits permits) {
        Turn turn = last;
        return failure instanceof AdmissionException refusal
                && refusal.reason() == Reason.QUEUE_TIMEOUT
                && turn != null
                && permits.isKeptBack(turn.party().estimate());
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
