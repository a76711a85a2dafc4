package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.FailureContext;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One subscription of {@link ClockedBody}.
 *
 * <p>{@code turn} says whose turn it is: odd while a buffer is waited for, even while none is, so that no two waits
 * have the same number. Whoever moves it on owns what follows: the buffer that arrives, or the timer that finds the
 * wait too long. There is one timer task at most. It is not moved with each wait but looks, when it is due, at the wait
 * of that moment; a wait with an earlier end puts an earlier one in its place.
 */
final class ClockedSubscriber implements CoreSubscriber<ByteBuf>, Subscription, Scannable {
    private static final long OVER = -2;
    private static final long NONE = Long.MAX_VALUE;

    private static final AtomicLongFieldUpdater<ClockedSubscriber> TURN =
            AtomicLongFieldUpdater.newUpdater(ClockedSubscriber.class, "turn");

    private final CoreSubscriber<? super ByteBuf> actual;
    private final Timeouts limits;
    private final ReadClock clock;
    private final Scheduler scheduler;
    private final BodyEnd end;
    private final Disposable.Swap timer = Disposables.swap();
    private volatile long turn;
    private volatile long timerDue = NONE;
    private boolean isContinuous;

    @SuppressWarnings("NullAway.Init") // set in onSubscribe, ahead of everything that reads it
    private Subscription upstream;

    ClockedSubscriber(CoreSubscriber<? super ByteBuf> actual, ClockedBody body) {
        this.actual = actual;
        this.end = body.end();
        this.limits = body.limits();
        this.clock = body.clock();
        this.scheduler = body.timer();
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
    public void request(long n) {
        if (n == Long.MAX_VALUE) {
            isContinuous = true;
        }
        beginWait();
        upstream.request(n);
    }

    /** A buffer is waited for, unless one is already. */
    private void beginWait() {
        long now = turn;
        if (isPaused(now)) {
            long due = clock.begin(scheduler.now(TimeUnit.NANOSECONDS));
            // The turn before the timer is looked at, as the timer looks at the turn after it has gone off: one of the
            // two sees the other.
            if (TURN.compareAndSet(this, now, now + 1) && due < timerDue) {
                arm(due);
            }
        }
    }

    @Override
    public void onNext(ByteBuf bytes) {
        long now = turn;
        if (isWaiting(now)) {
            if (!TURN.compareAndSet(this, now, now + 1)) {
                return;
            }
            clock.end(scheduler.now(TimeUnit.NANOSECONDS));
        }
        if (now != OVER) {
            actual.onNext(bytes);
            if (isContinuous) {
                beginWait();
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        // An error behind the end is that of the connection which the clock has closed.
        if (end()) {
            actual.onError(failure(error));
        }
    }

    private Throwable failure(Throwable error) {
        try {
            return Objects.requireNonNull(end.over().apply(error));
        } catch (Throwable e) {
            return Exceptions.addSuppressed(Operators.onOperatorError(e, currentContext()), error);
        }
    }

    @Override
    public void onComplete() {
        if (end()) {
            Throwable failure = end.over().apply(null);
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }
    }

    @Override
    public void cancel() {
        end();
        cancelUpstream();
    }

    private void cancelUpstream() {
        end.cancelled().run();
        upstream.cancel();
    }

    private boolean end() {
        boolean isFirst = TURN.getAndSet(this, OVER) != OVER;
        timer.dispose();
        return isFirst;
    }

    private static boolean isWaiting(long turn) {
        return turn > 0 && (turn & 1) == 1;
    }

    private static boolean isPaused(long turn) {
        return turn >= 0 && (turn & 1) == 0;
    }

    private synchronized void arm(long due) {
        if (due >= timerDue) {
            return;
        }
        timerDue = due;
        long delay = due - scheduler.now(TimeUnit.NANOSECONDS);
        try {
            timer.update(scheduler.schedule(this::ring, Math.max(0, delay), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            // The scheduler is being shut down: nothing is timed any more, and nobody is left to tell.
            timerDue = NONE;
        }
    }

    private void ring() {
        timerDue = NONE;
        long now = turn;
        if (!isWaiting(now)) {
            return;
        }
        Clock expired = clock.expired(scheduler.now(TimeUnit.NANOSECONDS));
        if (expired == null) {
            arm(clock.due());
        } else if (TURN.compareAndSet(this, now, OVER)) {
            cancelUpstream();
            actual.onError(new ClockException(
                    expired,
                    expired == Clock.IDLE ? limits.idle() : limits.progress(),
                    null,
                    FailureContext.attempted(true)));
        } else {
            // Something came at the last moment. The next wait has looked for a timer before or after this one went.
            rearm();
        }
    }

    private void rearm() {
        if (isWaiting(turn)) {
            arm(clock.due());
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
        if (key == Attr.TERMINATED) {
            return turn == OVER;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
