package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Lease;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The question to the limiter whether one may go. Its answer may come too late, which is no event for anyone: the lease
 * is given back.
 */
final class LeaseRequest implements CoreSubscriber<Lease> {
    private final Hold<?> hold;
    private final Permits permits;
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private boolean isAnswered;

    LeaseRequest(Hold<?> hold, Permits permits) {
        this.hold = hold;
        this.permits = permits;
    }

    void cancel() {
        Subscription s = subscription.getAndSet(Operators.cancelledSubscription());
        if (s != null) {
            Pass.tell(s::cancel);
        }
    }

    @Override
    public Context currentContext() {
        return hold.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (subscription.compareAndSet(null, s)) {
            s.request(Long.MAX_VALUE);
        } else {
            Pass.tell(s::cancel);
        }
    }

    @Override
    public void onNext(Lease lease) {
        boolean isFirst = !isAnswered;
        isAnswered = true;
        // One that gives more than it was asked for gets the rest back.
        if (!isFirst || !permits.leased(hold, lease)) {
            Pass.of(hold.turn().party().estimate(), lease).giveBack();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        if (!isAnswered) {
            isAnswered = true;
            hold.refuse(Refusals.byLimiter(failure));
        }
    }
}
