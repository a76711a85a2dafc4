package io.claudeflux.internal.admission;

import io.claudeflux.error.AdmissionException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * An asynchronous semaphore with a bounded queue.
 *
 * <p>Who holds or waits is decided under one lock, which is taken for a few instructions, a number of them that does
 * not depend on how many wait, and never while code of others runs. It is a monitor, so that a thread that must not
 * park never does.
 *
 * <p>A permit that comes back is passed on by the thread that brings it, which also subscribes to the work of the next
 * in line. Work can end while it is being subscribed to, so that the same thread brings the next permit from within:
 * that one is left to the loop further up the stack ({@code granting} knows the threads that are in it). It is a loop
 * for each thread and not one for all, because a consumer that is slow on one thread would keep everyone waiting whose
 * permit comes back on another.
 */
public final class Permits {

    /** What became of a request for a permit. */
    enum Entry {
        GRANTED,
        WAITING,
        FULL,
        CLOSED,
        /** It was cancelled before it asked. */
        GONE
    }

    private final Object lock = new Object();
    private final int max;
    private final int maxQueued;
    private final Scheduler timer;

    // Guarded by the lock, all of them.
    private final WaitingLine line = new WaitingLine();
    private final Set<Thread> granting = new HashSet<>();
    private int inFlight;
    private boolean isClosed;

    /**
     * Permits of which none is taken.
     *
     * @param max how many may be held at a time
     * @param maxQueued how many may wait, retries apart
     * @param timer where waits are timed, and where those are told whose wait was too long
     * @throws IllegalArgumentException when max is not positive or maxQueued is negative
     */
    public Permits(int max, int maxQueued, Scheduler timer) {
        if (max <= 0) {
            throw new IllegalArgumentException("max must be > 0 but was " + max);
        }
        if (maxQueued < 0) {
            throw new IllegalArgumentException("maxQueued must be >= 0 but was " + maxQueued);
        }
        this.max = max;
        this.maxQueued = maxQueued;
        this.timer = timer;
    }

    /**
     * Lets work run only while it holds a permit; cold, and each subscription takes a permit of its own.
     *
     * <p>A subscription that finds no permit free waits, without a thread, and keeps the demand until the work has its
     * own subscription; then every signal passes through on the thread that brings it. Work starts on the thread that
     * asks, when a permit is free, or else on the one that gave the permit back. The permit comes back exactly once:
     * before a complete or an error is passed on, so that a retry finds it free, and after a cancel has been. A cancel
     * that comes while another thread is subscribing to the work gives it back at once; the work is then cancelled as
     * soon as it has a subscription. Nothing is signalled or reported after a cancel.
     *
     * <p>Fails with an {@link AdmissionException}, whatever the demand: QUEUE_FULL at once when as many wait as may
     * wait, unless it is a retry; QUEUE_TIMEOUT when the limit of the turn passed; CLOSED from {@link #close} on, or
     * when the timer takes no tasks any more. Zero or fewer items asked for while waiting fail it with an
     * {@link IllegalArgumentException}, and are the work's to answer afterwards.
     *
     * @param work what needs the permit
     * @param turn where in line, and for how long
     */
    public <T> Flux<T> hold(Flux<T> work, Turn turn) {
        return HoldFlux.of(work, this, turn);
    }

    /** Returns how many permits are held. */
    public int inFlight() {
        synchronized (lock) {
            return inFlight;
        }
    }

    /** Returns how many wait for one. */
    public int queued() {
        synchronized (lock) {
            return line.size();
        }
    }

    /** Returns how many permits there are. */
    public int max() {
        return max;
    }

    /**
     * Refuses everyone who waits and everyone who comes later; whoever holds a permit goes on. Closing again does
     * nothing.
     */
    public void close() {
        synchronized (lock) {
            isClosed = true;
        }
        Throwable thrown = null;
        for (Hold<?> next = nextRefused(); next != null; next = nextRefused()) {
            try {
                next.refuse(Refusals.closed(null));
            } catch (Throwable e) {
                // Of a broken consumer, for which the others must not be kept waiting.
                thrown = both(thrown, e);
            }
        }
        rethrow(thrown);
    }

    Scheduler timer() {
        return timer;
    }

    /** Grants a permit or puts the call in line. */
    Entry enter(Hold<?> hold) {
        boolean isFirst = hold.turn().first();
        synchronized (lock) {
            if (isClosed) {
                return Entry.CLOSED;
            }
            if (inFlight < max && (isFirst || line.size() == 0)) {
                if (!hold.grant()) {
                    return Entry.GONE;
                }
                inFlight++;
                return Entry.GRANTED;
            }
            if (!isFirst && line.size() >= maxQueued) {
                return Entry.FULL;
            }
            if (!hold.isWaiting()) {
                return Entry.GONE;
            }
            line.add(hold);
            return Entry.WAITING;
        }
    }

    /** Takes a call out of the line, if it is in it. */
    void leave(Hold<?> hold) {
        synchronized (lock) {
            line.remove(hold);
        }
    }

    /** Takes a permit back; called once for each that was granted. */
    void release() {
        synchronized (lock) {
            inFlight--;
        }
        passOn();
    }

    /** Starts whoever a free permit can be given to. */
    void passOn() {
        Thread current = Thread.currentThread();
        synchronized (lock) {
            if (line.size() == 0 || !granting.add(current)) {
                return;
            }
        }
        Throwable thrown = null;
        for (Hold<?> next = nextGranted(current); next != null; next = nextGranted(current)) {
            try {
                next.start();
            } catch (Throwable e) {
                // Fatal, but not the fault of those who wait.
                thrown = both(thrown, e);
            }
        }
        rethrow(thrown);
    }

    private @Nullable Hold<?> nextGranted(Thread current) {
        synchronized (lock) {
            while (!isClosed && inFlight < max) {
                Hold<?> next = line.poll();
                if (next == null) {
                    break;
                }
                // It may have been cancelled and not left the line yet.
                if (next.grant()) {
                    inFlight++;
                    return next;
                }
            }
            granting.remove(current);
            return null;
        }
    }

    private @Nullable Hold<?> nextRefused() {
        synchronized (lock) {
            return line.poll();
        }
    }

    private static Throwable both(@Nullable Throwable first, Throwable second) {
        return first == null ? second : Exceptions.addSuppressed(first, second);
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown != null) {
            throw Exceptions.propagate(thrown);
        }
    }
}
