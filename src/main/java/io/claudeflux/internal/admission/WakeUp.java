package io.claudeflux.internal.admission;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** One alarm for all who wait for time to pass: the earliest that anybody asked for. Thread-safe. */
final class WakeUp {
    private final Scheduler timer;
    private final Runnable action;
    private final Object lock = new Object();

    // Guarded by the lock.
    private Disposable alarm = Disposables.disposed();
    private long at;
    private boolean isSet;
    private boolean isClosed;

    WakeUp(Scheduler timer, Runnable action) {
        this.timer = timer;
        this.action = action;
    }

    void in(long nanos) {
        Disposable replaced;
        synchronized (lock) {
            long then = timer.now(TimeUnit.NANOSECONDS) + nanos;
            if (isClosed || (isSet && at - then <= 0)) {
                return;
            }
            replaced = alarm;
            isSet = true;
            at = then;
            alarm = schedule(nanos, then);
        }
        replaced.dispose();
    }

    private Disposable schedule(long nanos, long then) {
        try {
            return timer.schedule(() -> ring(then), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The scheduler is being shut down, and nobody waits for anything any more.
            return Disposables.disposed();
        }
    }

    private void ring(long then) {
        synchronized (lock) {
            if (isClosed || !isSet || at != then) {
                return;
            }
            isSet = false;
        }
        action.run();
    }

    /** Nobody waits for time to pass any more. */
    void stop() {
        Disposable last;
        synchronized (lock) {
            isSet = false;
            last = alarm;
        }
        last.dispose();
    }

    void close() {
        Disposable last;
        synchronized (lock) {
            isClosed = true;
            last = alarm;
        }
        last.dispose();
    }
}
