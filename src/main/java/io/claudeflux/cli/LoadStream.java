package io.claudeflux.cli;

import io.claudeflux.stream.StreamEvent;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** The consumer of one stream of a load run: counts, and keeps nothing. */
final class LoadStream extends BaseSubscriber<StreamEvent> {
    private final LoadMeter meter;
    private final long demand;
    private final long startNanos = System.nanoTime();
    private volatile boolean isOpen;

    private LoadStream(LoadMeter meter, long demand) {
        this.meter = meter;
        this.demand = demand;
    }

    /** Reads its stream to the end. */
    static LoadStream eager(LoadMeter meter) {
        return new LoadStream(meter, Long.MAX_VALUE);
    }

    /** Asks for so many events, and never again. */
    static LoadStream stoppingAfter(int events, LoadMeter meter) {
        return new LoadStream(meter, events);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(demand);
    }

    @Override
    protected void hookOnNext(StreamEvent event) {
        if (!isOpen) {
            isOpen = true;
            meter.opened(System.nanoTime() - startNanos);
        }
        meter.event();
    }

    @Override
    protected void hookOnComplete() {
        close();
        meter.completed();
    }

    @Override
    protected void hookOnError(Throwable error) {
        close();
        meter.failed(error);
    }

    @Override
    protected void hookOnCancel() {
        close();
        meter.cancelled();
    }

    private void close() {
        if (isOpen) {
            isOpen = false;
            meter.closed();
        }
    }
}
