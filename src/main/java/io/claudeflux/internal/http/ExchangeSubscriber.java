package io.claudeflux.internal.http;

import io.claudeflux.error.ClaudeException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The answer to the request of an {@link Exchange}, on its way to whoever asked: fails if there is no connection in
 * time, and tells the exchange when nobody waits any more. Whoever sets {@code over} may signal the end.
 *
 * <p>Written by hand because every event passes here: {@code firstWithSignal}, {@code doOnTerminate},
 * {@code doOnCancel} and {@code contextWrite} would do the same in four steps.
 */
final class ExchangeSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {
    private final CoreSubscriber<? super T> actual;
    private final Exchange exchange;
    private final Supplier<ClaudeException> tooLate;
    private final Context context;
    private final AtomicBoolean over = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // set in onSubscribe, ahead of everything that reads it
    private Subscription upstream;

    ExchangeSubscriber(CoreSubscriber<? super T> actual, Exchange exchange, Supplier<ClaudeException> tooLate) {
        this.actual = actual;
        this.exchange = exchange;
        this.tooLate = tooLate;
        this.context = LateResponses.letGo(actual.currentContext().put(Exchange.class, exchange)); // Connections'
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            actual.onSubscribe(this);
            exchange.connectWithin(this::giveUp);
        }
    }

    /** No connection in time: from now on the answer, whose request was not sent, brings nothing. */
    private void giveUp() {
        if (over.compareAndSet(false, true)) {
            exchange.cancel();
            upstream.cancel();
            actual.onError(tooLate.get());
        }
    }

    @Override
    public void onNext(T item) {
        actual.onNext(item);
    }

    @Override
    public void onError(Throwable error) {
        if (over.compareAndSet(false, true)) {
            exchange.end();
            actual.onError(error);
        }
    }

    @Override
    public void onComplete() {
        if (over.compareAndSet(false, true)) {
            exchange.end();
            actual.onComplete();
        }
    }

    @Override
    public void request(long n) {
        upstream.request(n);
    }

    @Override
    public void cancel() {
        over.set(true);
        exchange.cancel();
        upstream.cancel();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.TERMINATED) {
            return over.get();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
