package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter;
import io.claudeflux.message.UsageReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A limiter that gives a lease when it is told to. */
final class ManualLimiter implements RateLimiter {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<CoreSubscriber<? super Lease>> open = new CopyOnWriteArrayList<>();
    private final List<UsageReport> settled = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private volatile boolean ignoresCancel;

    @Override
    public Mono<Lease> acquire(Estimate estimate) {
        asked.add(estimate.model());
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Lease> actual) {
                open.add(actual);
                actual.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {
                        cancelled.incrementAndGet();
                        if (!ignoresCancel) {
                            open.remove(actual);
                        }
                    }
                });
            }
        };
    }

    /** Like a limiter that had decided when the cancel came. */
    void ignoreCancel() {
        ignoresCancel = true;
    }

    /** The models it was asked for. */
    List<String> asked() {
        return asked;
    }

    List<UsageReport> settled() {
        return settled;
    }

    int cancelled() {
        return cancelled.get();
    }

    int given() {
        return given.get();
    }

    void give() {
        give(0);
    }

    void giveLast() {
        give(open.size() - 1);
    }

    private void give(int index) {
        given.incrementAndGet();
        CoreSubscriber<? super Lease> next = open.remove(index);
        Lease lease = settled::add;
        next.onNext(lease);
        next.onComplete();
    }

    void fail(Throwable error) {
        open.remove(0).onError(error);
    }
}
