package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.limit.RateLimiter.Lease;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;

/**
 * One who waits at a {@link PacedModel}, from the first request on. A lease that meets a cancel is settled and not
 * lost, which a sink would report as a dropped item.
 */
final class LeaseTicket implements Subscription {
    private static final int NEW = 0;
    private static final int WAITING = 1;
    private static final int OVER = 2;

    private final PacedModel model;
    private final Estimate estimate;
    private final CoreSubscriber<? super Lease> actual;
    private final AtomicInteger state = new AtomicInteger(NEW);

    /** Written by whoever took this out of the queue, who also delivers it. */
    private @Nullable Lease lease;

    LeaseTicket(PacedModel model, Estimate estimate, CoreSubscriber<? super Lease> actual) {
        this.model = model;
        this.estimate = estimate;
        this.actual = actual;
    }

    Estimate estimate() {
        return estimate;
    }

    boolean isWaiting() {
        return state.get() == WAITING;
    }

    void granted(Lease newLease) {
        lease = newLease;
    }

    void deliver() {
        Lease own = Objects.requireNonNull(lease);
        if (state.compareAndSet(WAITING, OVER)) {
            actual.onNext(own);
            actual.onComplete();
        } else {
            Pass.of(estimate, own).giveBack();
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            if (state.getAndSet(OVER) != OVER) {
                model.leave(this);
                actual.onError(Exceptions.nullOrNegativeRequestException(n));
            }
        } else if (state.compareAndSet(NEW, WAITING)) {
            model.join(this);
        }
    }

    @Override
    public void cancel() {
        if (state.getAndSet(OVER) == WAITING) {
            model.leave(this);
        }
    }
}
