package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Lease;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Takes leases whenever they come, also behind its cancel. */
final class LeaseProbe implements CoreSubscriber<Lease> {
    final List<Lease> leases = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private volatile Subscription subscription;

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        s.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Lease lease) {
        leases.add(lease);
    }

    @Override
    public void onError(Throwable error) {
        throw new AssertionError(error);
    }

    @Override
    public void onComplete() {}

    void cancel() {
        subscription.cancel();
    }
}
