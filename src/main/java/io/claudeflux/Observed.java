package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The signals of a call on their way to its subscriber: what arrives is counted, a failure is completed, the end is
 * told once, and the call is under way until all of that is done.
 *
 * <p>Written by hand because every event passes here: an {@code onErrorMap}, a {@code doOn} for each signal and a
 * {@code doFinally} would do the same in six steps, and a {@code tap} would put the Reactor Context into the thread's
 * variables for each event.
 */
final class Observed<T> implements CoreSubscriber<T>, Subscription, Scannable {
    private final CoreSubscriber<? super T> actual;
    private final Call call;
    private final Lifecycle lifecycle;
    private final AtomicBoolean left = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // set in onSubscribe, ahead of everything that reads it
    private Subscription upstream;

    Observed(CoreSubscriber<? super T> actual, Call call, Lifecycle lifecycle) {
        this.actual = actual;
        this.call = call;
        this.lifecycle = lifecycle;
        lifecycle.enter();
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(T item) {
        call.deliver(item);
        try {
            actual.onNext(item);
        } catch (Throwable e) {
            // Only a broken consumer gets here. It will not cancel, and closing would wait for it.
            cancel();
            throw e;
        }
    }

    @Override
    public void onError(Throwable error) {
        try {
            fail(known(error));
        } finally {
            leave();
        }
    }

    @Override
    public void onComplete() {
        try {
            complete();
        } finally {
            leave();
        }
    }

    @Override
    public void request(long n) {
        upstream.request(n);
    }

    @Override
    public void cancel() {
        try {
            call.end(CallListener.Outcome.CANCELLED, null);
        } finally {
            try {
                upstream.cancel();
            } finally {
                leave();
            }
        }
    }

    private void complete() {
        try {
            call.end(CallListener.Outcome.COMPLETED, null);
        } catch (Throwable e) {
            fail(Operators.onOperatorError(e, currentContext()));
            return;
        }
        actual.onComplete();
    }

    private Throwable known(Throwable error) {
        if (!(error instanceof ClaudeException failure)) {
            return error;
        }
        try {
            return call.known(failure);
        } catch (Throwable e) {
            return Exceptions.addSuppressed(Operators.onOperatorError(e, currentContext()), error);
        }
    }

    private void fail(Throwable error) {
        Throwable told = error;
        try {
            call.end(CallListener.Outcome.FAILED, error);
        } catch (Throwable e) {
            told = Operators.onOperatorError(null, e, error, currentContext());
        }
        actual.onError(told);
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            lifecycle.leave();
        }
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
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
