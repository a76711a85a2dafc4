package io.claudeflux.internal.admission;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.limit.RateLimiter.Lease;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One call: what waits in line, and then stands between the work and its consumer.
 *
 * <p>It is written by hand because a permit belongs to a subscription and not to a signal: no chain of operators gives
 * it back ahead of the terminal signal, behind a cancel, and once when the two meet.
 *
 * <p>All of that hangs on one word, {@code state}. Only a grant makes it {@code HELD}, only one thread makes it
 * {@code DONE}, and that one learns from what the word was whether there is a place in line to leave, a permit to give
 * back, or nothing to do. The same thread is the one that may signal the end.
 */
final class Hold<T> implements CoreSubscriber<T>, Subscription, Scannable {

    private static final int WAITING = 0;
    private static final int HELD = 1;
    private static final int DONE = 2;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Hold> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Hold.class, "state");

    @SuppressWarnings("rawtypes")
    private static final AtomicLongFieldUpdater<Hold> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(Hold.class, "requested");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Hold, @Nullable Subscription> UPSTREAM =
            AtomicReferenceFieldUpdater.newUpdater(Hold.class, Subscription.class, "upstream");

    private final Function<? super Pass, ? extends Flux<? extends T>> work;
    private final CoreSubscriber<? super T> actual;
    private final Permits permits;
    private final Turn turn;
    private final Disposable.Swap timer = Disposables.swap();

    // These belong to the lock of the permits: the place in line and what is known about the wait.
    @Nullable Hold<?> ahead;

    @Nullable Hold<?> behind;

    @Nullable Row row;

    long number;
    private @Nullable Lane lane;
    private long cameAt;
    private long startedAt;

    /** With the limiter's lease, if there is a limiter: set by whoever was asked, ahead of the grant. */
    private volatile @Nullable Pass pass;

    private volatile @Nullable LeaseRequest asking;

    private volatile int state = WAITING;

    /** Asked for while there was no upstream to ask. */
    private volatile long requested;

    private volatile @Nullable Subscription upstream;

    Hold(
            Function<? super Pass, ? extends Flux<? extends T>> work,
            CoreSubscriber<? super T> actual,
            Permits permits,
            Turn turn) {
        this.work = work;
        this.actual = actual;
        this.permits = permits;
        this.turn = turn;
    }

    Turn turn() {
        return turn;
    }

    String tenant() {
        return turn.party().tenant();
    }

    boolean isMetered() {
        return turn.party().isMetered();
    }

    void came(Lane asked, long now) {
        lane = asked;
        cameAt = now;
    }

    /** False if it was cancelled before it asked for a permit. */
    boolean hasCome() {
        return lane != null;
    }

    /** It has its permit; the answer is how long it has waited. */
    long startAt(long now) {
        startedAt = now;
        return now - cameAt;
    }

    long startedAt() {
        return startedAt;
    }

    Lane lane() {
        return Objects.requireNonNull(lane);
    }

    boolean isWaiting() {
        return state == WAITING;
    }

    /** Whether the limiter has let it go, so that all it still needs is a permit. */
    boolean isLeased() {
        return pass != null;
    }

    /** Takes a permit; false when the call is over. Whoever gets true must {@link #start} it. */
    boolean grant() {
        return STATE.compareAndSet(this, WAITING, HELD);
    }

    /** Asks for a permit. */
    void enter() {
        Permits.Entry entry = permits.enter(this);
        if (entry == Permits.Entry.GRANTED) {
            start();
        } else if (entry == Permits.Entry.ASKING) {
            ask();
            startTimer();
        } else if (entry == Permits.Entry.FULL) {
            refuse(Refusals.full());
        } else if (entry == Permits.Entry.CLOSED) {
            refuse(Refusals.closed(null));
        }
    }

    /** It is the next one: starts if it was granted a permit, and else asks the limiter first. */
    void proceed() {
        if (isWaiting()) {
            ask();
        } else {
            start();
        }
    }

    private void ask() {
        LeaseRequest request = new LeaseRequest(this, permits);
        asking = request;
        try {
            permits.limiter().acquire(turn.party().estimate()).subscribe(request);
        } catch (Throwable e) {
            refuse(Refusals.byLimiter(e));
            Exceptions.throwIfFatal(e);
        }
        if (!isWaiting()) {
            request.cancel();
        }
    }

    /** The limiter has let it go, and whoever ends the hold settles with it; called under the lock of the permits. */
    void leased(Lease lease) {
        pass = Pass.of(turn.party().estimate(), lease);
    }

    /** Subscribes to the work. */
    void start() {
        timer.dispose();
        if (state != HELD) {
            return;
        }
        try {
            work.apply(ownPass()).subscribe(this);
        } catch (Throwable e) {
            boolean isTold = end(e);
            Exceptions.throwIfFatal(e);
            if (!isTold) {
                Operators.onErrorDropped(e, currentContext());
            }
        }
    }

    private Pass ownPass() {
        Pass own = pass;
        if (own == null) {
            own = Pass.free(turn.party().estimate());
            pass = own;
        }
        return own;
    }

    /** Ends the wait; does nothing when it is over. */
    void refuse(ClaudeException refusal) {
        if (STATE.compareAndSet(this, WAITING, DONE)) {
            permits.refused(refusal);
            try {
                leaveLine();
            } finally {
                actual.onError(refusal);
            }
        }
    }

    void startTimer() {
        if (!turn.isLimited() || !isWaiting()) {
            return;
        }
        try {
            // Such a conversion saturates, unlike Duration.toNanos.
            long nanos = TimeUnit.NANOSECONDS.convert(turn.left());
            timer.update(permits.timer().schedule(this::onTimeout, nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            refuse(Refusals.closed(e));
        }
    }

    private void onTimeout() {
        if (isWaiting()) {
            refuse(Refusals.timedOut(turn, permits.timedOut(this)));
        }
    }

    private void leaveLine() {
        timer.dispose();
        LeaseRequest request = asking;
        if (request != null) {
            request.cancel();
        }
        permits.leave(this);
        Pass unused = pass;
        if (unused != null) {
            unused.giveBack();
        }
    }

    private void giveBack(Ending ending) {
        Pass used = pass;
        try {
            // Ahead of the permit, whose next user is judged by what this one left.
            if (used != null) {
                used.settle(ending);
            }
        } finally {
            permits.release(this, ending);
        }
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.setOnce(UPSTREAM, this, s)) {
            requestKept(s);
        }
    }

    @Override
    public void onNext(T item) {
        try {
            actual.onNext(item);
        } catch (Throwable e) {
            // Only a broken consumer gets here. It will not cancel, and others wait for its permit.
            end(null);
            throw e;
        }
    }

    @Override
    public void onError(Throwable error) {
        // Not reported as dropped if it lost against a cancel: that is no event for anyone.
        if (STATE.compareAndSet(this, HELD, DONE)) {
            try {
                giveBack(Ending.failed(error));
            } finally {
                actual.onError(error);
            }
        }
    }

    @Override
    public void onComplete() {
        if (STATE.compareAndSet(this, HELD, DONE)) {
            try {
                giveBack(Ending.COMPLETED);
            } finally {
                actual.onComplete();
            }
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            refuseRequest(n);
            return;
        }
        Subscription s = upstream;
        if (s != null) {
            s.request(n);
            return;
        }
        Operators.addCap(REQUESTED, this, n);
        s = upstream;
        if (s != null) {
            requestKept(s);
        }
    }

    private void requestKept(Subscription s) {
        long n = REQUESTED.getAndSet(this, 0);
        if (n != 0) {
            s.request(n);
        }
    }

    private void refuseRequest(long n) {
        // Where there is an upstream, only that can put the error in line with its other signals.
        Subscription s = upstream;
        if (s != null) {
            s.request(n);
        } else if (UPSTREAM.compareAndSet(this, null, Operators.cancelledSubscription())) {
            end(Exceptions.nullOrNegativeRequestException(n));
        } else {
            refuseRequest(n);
        }
    }

    @Override
    public void cancel() {
        end(null);
    }

    /** Leaves the line, or cancels the work and gives the permit back; false when the call was over already. */
    private boolean end(@Nullable Throwable told) {
        int was = STATE.getAndSet(this, DONE);
        try {
            if (was == WAITING) {
                leaveLine();
            } else if (was == HELD) {
                try {
                    Operators.terminate(UPSTREAM, this);
                } finally {
                    giveBack(Ending.CANCELLED);
                }
            }
        } finally {
            if (was != DONE && told != null) {
                actual.onError(told);
            }
        }
        return was != DONE;
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
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return requested;
        }
        if (key == Attr.TERMINATED) {
            return state == DONE;
        }
        if (key == Attr.RUN_STYLE) {
            return Attr.RunStyle.ASYNC;
        }
        return null;
    }
}
