package io.claudeflux.internal.sse;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A timer that fires when a test says so, and knows what is still scheduled on it. */
final class TimerProbe implements Scheduler {

    private final AtomicInteger scheduled = new AtomicInteger();
    private final AtomicInteger disposed = new AtomicInteger();
    private volatile boolean isShutDown;
    private volatile @Nullable Runnable task;
    private volatile Duration delay = Duration.ZERO;

    @Override
    public Disposable schedule(Runnable runnable, long time, TimeUnit unit) {
        if (isShutDown) {
            throw new RejectedExecutionException("shut down");
        }
        scheduled.incrementAndGet();
        task = runnable;
        delay = Duration.of(time, unit.toChronoUnit());
        return new Once(disposed);
    }

    @Override
    public Disposable schedule(Runnable runnable) {
        throw new UnsupportedOperationException("nothing here is due at once");
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("no worker is needed");
    }

    @Override
    public void dispose() {
        isShutDown = true;
    }

    /** Runs the last task if it was scheduled, disposed or not: a timer may be about to fire when it is disposed. */
    void fire() {
        Runnable due = task;
        if (due != null) {
            due.run();
        }
    }

    Duration delay() {
        return delay;
    }

    boolean wasUsed() {
        return scheduled.get() > 0;
    }

    boolean isIdle() {
        return scheduled.get() == disposed.get();
    }

    private static final class Once implements Disposable {

        private final AtomicInteger count;
        private boolean isDisposed;

        Once(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public synchronized void dispose() {
            if (!isDisposed) {
                isDisposed = true;
                count.incrementAndGet();
            }
        }

        @Override
        public synchronized boolean isDisposed() {
            return isDisposed;
        }
    }
}
