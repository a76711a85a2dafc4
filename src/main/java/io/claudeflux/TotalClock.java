package io.claudeflux;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Ends a call when its time is up, whatever the demand.
 *
 * <p>Written by hand because {@code timeout} counts from item to item, and {@code takeUntilOther} neither cancels its
 * source for an error nor keeps an item that comes at that moment from the dropped-item hook. Here the source is
 * cancelled first, which closes the connection; an item on its way down is followed by the end, and one that comes
 * later is nobody's.
 */
final class TotalClock<T> extends FluxOperator<T, T> {
    private final Duration limit;
    private final Scheduler timer;
    private final Supplier<? extends @Nullable Throwable> end;

    private TotalClock(
            Flux<? extends T> source, Duration limit, Scheduler timer, Supplier<? extends @Nullable Throwable> end) {
        super(source);
        this.limit = limit;
        this.timer = timer;
        this.end = end;
    }

    /** The source under a clock; {@code end} says how it ends when time is up, null being a completion. */
    static <T> Flux<T> of(
            Flux<T> source, Duration limit, Scheduler timer, Supplier<? extends @Nullable Throwable> end) {
        return onAssembly(new TotalClock<>(source, limit, timer, end));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Timed<>(actual, this));
    }

    /** One subscription. Whoever moves {@code state} on to {@code OVER} signals the end. */
    private static final class Timed<T> implements CoreSubscriber<T>, Subscription {
        private static final int IDLE = 0;
        private static final int EMITTING = 1;
        /** Time is up, and whoever emits will say so. */
        private static final int RUNG = 2;

        private static final int OVER = 3;

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Timed> STATE =
                AtomicIntegerFieldUpdater.newUpdater(Timed.class, "state");

        private final CoreSubscriber<? super T> actual;
        private final TotalClock<T> clock;
        private final Disposable.Swap alarm = Disposables.swap();
        private volatile int state = IDLE;

        @SuppressWarnings("NullAway.Init") // set in onSubscribe, ahead of everything that reads it
        private Subscription upstream;

        Timed(CoreSubscriber<? super T> actual, TotalClock<T> clock) {
            this.actual = actual;
            this.clock = clock;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            upstream = s;
            actual.onSubscribe(this);
            try {
                alarm.update(clock.timer.schedule(this::ring, clock.limit.toNanos(), TimeUnit.NANOSECONDS));
            } catch (RejectedExecutionException e) {
                // The scheduler is being shut down: nothing is timed any more.
                alarm.dispose();
            }
        }

        @Override
        public void onNext(T item) {
            if (STATE.compareAndSet(this, IDLE, EMITTING)) {
                actual.onNext(item);
                if (!STATE.compareAndSet(this, EMITTING, IDLE) && STATE.compareAndSet(this, RUNG, OVER)) {
                    end();
                }
            } else if (state == EMITTING) {
                // From within the item before: sources are serial.
                actual.onNext(item);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (over()) {
                actual.onError(error);
            }
        }

        @Override
        public void onComplete() {
            if (over()) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long n) {
            upstream.request(n);
        }

        @Override
        public void cancel() {
            over();
            upstream.cancel();
        }

        private boolean over() {
            alarm.dispose();
            return STATE.getAndSet(this, OVER) != OVER;
        }

        private void ring() {
            if (STATE.compareAndSet(this, IDLE, OVER)) {
                upstream.cancel();
                end();
            } else if (STATE.compareAndSet(this, EMITTING, RUNG)) {
                upstream.cancel();
            } else if (state == IDLE) {
                ring();
            }
        }

        private void end() {
            Throwable error = clock.end.get();
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        }
    }
}
