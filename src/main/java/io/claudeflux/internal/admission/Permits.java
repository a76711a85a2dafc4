package io.claudeflux.internal.admission;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.internal.admission.Refusals.Obstacle;
import io.claudeflux.limit.RateLimiter;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.limit.RateLimiter.Lease;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * An asynchronous semaphore with a bounded queue.
 *
 * <p>Who holds or waits is decided under one lock, which is taken for a few instructions and never while code of others
 * runs. It is a monitor, so that a thread that must not park never does.
 *
 * <p>A permit that comes back is passed on by the thread that brings it, which also subscribes to the work of the next
 * in line. Work can end while it is being subscribed to, so that the same thread brings the next permit from within:
 * that one is left to the loop further up the stack ({@code granting} knows the threads that are in it). It is a loop
 * for each thread and not one for all, because a consumer that is slow on one thread would keep everyone waiting whose
 * permit comes back on another.
 *
 * <p>Where there is a limiter, it is asked once a permit is free, for the first of each {@link Lane} only; whoever it
 * lets go then takes the next permit, ahead of all others. That way the queue decides the order, and no permit is held
 * while the limiter takes its time.
 */
public final class Permits {

    /** What became of a request for a permit. */
    enum Entry {
        GRANTED,
        /** The limiter is to be asked first. */
        ASKING,
        WAITING,
        FULL,
        CLOSED,
        /** It was cancelled before it asked. */
        GONE
    }

    private final Object lock = new Object();
    private final AdmissionRules rules;
    private final Scheduler timer;
    private final WakeUp wakeUp;

    // Guarded by the lock, all of them.
    private final Lanes lanes = new Lanes();
    private final WaitingLine line = new WaitingLine(lanes);
    private final Concurrency concurrency;
    private final Waits waits = new Waits();
    private final Set<Thread> granting = new HashSet<>();
    private int inFlight;
    private boolean isClosed;

    /**
     * Permits of which none is taken, without a gate and a limiter.
     *
     * @throws IllegalArgumentException when max is not positive or maxQueued is negative
     */
    Permits(int max, int maxQueued, Scheduler timer) {
        this(AdmissionRules.fixed(max, maxQueued), timer);
    }

    /**
     * Permits of which none is taken.
     *
     * @param rules who is let out
     * @param timer where waits are timed, and where those are told whose wait was too long
     */
    public Permits(AdmissionRules rules, Scheduler timer) {
        this.rules = rules;
        this.timer = timer;
        this.concurrency = new Concurrency(rules.min(), rules.max());
        this.wakeUp = new WakeUp(timer, this::passOn);
    }

    /**
     * Lets work run only while it holds a permit; cold, and each subscription takes a permit of its own.
     *
     * <p>A subscription that finds no permit free waits, without a thread, and keeps the demand until the work has its
     * own subscription; then every signal passes through on the thread that brings it. Work starts on the thread that
     * asks, when a permit is free, or else on the one that gave the permit back, that brought the lease, or on the
     * timer's. The permit comes back exactly once: before a complete or an error is passed on, so that a retry finds it
     * free, and after a cancel has been. A cancel that comes while another thread is subscribing to the work gives it
     * back at once; the work is then cancelled as soon as it has a subscription. Nothing is signalled or reported after
     * a cancel.
     *
     * <p>Fails with an {@link AdmissionException}, whatever the demand: QUEUE_FULL when as many wait as may wait, at
     * once, or when somebody else needs the place more; QUEUE_TIMEOUT when the limit of the turn passed; LIMITER;
     * CLOSED from {@link #close} on, or when the timer takes no tasks any more. Zero or fewer items asked for while
     * waiting fail it with an {@link IllegalArgumentException}, and are the work's to answer afterwards.
     *
     * @param work what needs the permit, made when it has it
     * @param turn where in line, and for how long
     */
    public <T> Flux<T> hold(Function<? super Pass, ? extends Flux<? extends T>> work, Turn turn) {
        return HoldFlux.of(work, this, turn);
    }

    <T> Flux<T> hold(Flux<T> work, Turn turn) {
        return HoldFlux.of(pass -> work, this, turn);
    }

    /** Returns how many permits are held. */
    int inFlight() {
        synchronized (lock) {
            return inFlight;
        }
    }

    /** Returns how many wait for one. */
    int queued() {
        synchronized (lock) {
            return waiting();
        }
    }

    /**
     * Whether an attempt waits for the limits of its model and not for a permit, so that another model may have more to
     * offer.
     *
     * @param estimate the attempt
     */
    public boolean isKeptBack(Estimate estimate) {
        synchronized (lock) {
            return hasRoom() && lanes.isKeptBack(estimate, now());
        }
    }

    /** Returns how things stand. */
    public AdmissionState state() {
        synchronized (lock) {
            return new AdmissionState(
                    concurrency.limit(), rules.max(), inFlight, waiting(), waits.copy(), lanes.states(now()));
        }
    }

    /**
     * Refuses everyone who waits and everyone who comes later; whoever holds a permit goes on. Closing again does
     * nothing.
     */
    public void close() {
        synchronized (lock) {
            isClosed = true;
        }
        wakeUp.close();
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

    RateLimiter limiter() {
        return Objects.requireNonNull(rules.limiter());
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /** Grants a permit, lets ask the limiter, or puts the call in line. */
    Entry enter(Hold<?> hold) {
        Hold<?> last = null;
        synchronized (lock) {
            long now = now();
            Lane lane = lanes.of(hold.turn().party().estimate(), now);
            hold.came(lane, now);
            if (isClosed) {
                return Entry.CLOSED;
            }
            boolean isFirst = hold.turn().first();
            if (!hold.isWaiting()) {
                return Entry.GONE;
            }
            if (hasRoom() && lane.isReady(now) && (isFirst || !line.hasReady(now))) {
                return admit(hold, now);
            }
            if (!isFirst && waiting() >= rules.maxQueued()) {
                last = line.lastFor(hold);
                if (last == null) {
                    return Entry.FULL;
                }
                line.remove(last);
            }
            line.add(hold);
        }
        hold.startTimer();
        try {
            if (last != null) {
                last.refuse(Refusals.full());
            }
            // A permit may be free if its thread is busy elsewhere and has not passed it on yet.
            passOn();
        } catch (Throwable e) {
            // Of somebody else: a subscription that throws fails whoever subscribes, but leaves this one in line.
            Operators.onErrorDropped(e, hold.currentContext());
        }
        return Entry.WAITING;
    }

    /** Its permit, or leave to ask the limiter if there is one that has not let it go yet. */
    private Entry admit(Hold<?> hold, long now) {
        if (rules.limiter() != null && hold.isMetered() && !hold.isLeased()) {
            hold.lane().ask(hold);
            return Entry.ASKING;
        }
        if (!hold.grant()) {
            return Entry.GONE;
        }
        inFlight++;
        hold.lane().started(now);
        waits.granted(hold.startAt(now));
        return Entry.GRANTED;
    }

    /** The limiter has let a call go; false if that does not wait for it any more. */
    boolean leased(Hold<?> hold, Lease lease) {
        boolean isWaiting;
        synchronized (lock) {
            if (!hold.lane().asked(hold)) {
                return false;
            }
            isWaiting = hold.isWaiting();
            if (isWaiting) {
                hold.leased(lease);
                line.add(hold);
            }
        }
        // Also if it was cancelled and has not left yet: it will not find that it was asked for, and the next may ask.
        passOn();
        return isWaiting;
    }

    /** Takes a call out that does not wait any more. */
    void leave(Hold<?> hold) {
        boolean wasAsking;
        synchronized (lock) {
            line.remove(hold);
            wasAsking = hold.hasCome() && hold.lane().asked(hold);
        }
        if (wasAsking) {
            passOn();
        }
    }

    /** Takes a permit back; called once for each that was granted. */
    void release(Hold<?> hold, Ending ending) {
        Duration coolDown = rules.hasGate() ? ending.coolDown() : null;
        synchronized (lock) {
            long now = now();
            if (hold.isMetered()) {
                learn(hold, ending, now);
            }
            if (coolDown != null) {
                hold.lane().close(coolDown, now);
            }
            inFlight--;
            hold.lane().ended();
        }
        passOn();
    }

    private void learn(Hold<?> hold, Ending ending, long now) {
        if (ending.isComplete()) {
            concurrency.completed(inFlight);
        } else if (ending.isTurnedAway()) {
            concurrency.turnedAway(hold.startedAt(), now);
        }
    }

    /** Lets out whoever may go. */
    void passOn() {
        Thread current = Thread.currentThread();
        synchronized (lock) {
            if (line.size() == 0 || !granting.add(current)) {
                return;
            }
        }
        Throwable thrown = null;
        for (Hold<?> next = next(current); next != null; next = next(current)) {
            try {
                next.proceed();
            } catch (Throwable e) {
                // Fatal, but not the fault of those who wait.
                thrown = both(thrown, e);
            }
        }
        rethrow(thrown);
    }

    /** Who has a permit now, or is to ask the limiter. */
    private @Nullable Hold<?> next(Thread current) {
        long wait;
        synchronized (lock) {
            long now = now();
            while (!isClosed && hasRoom()) {
                Hold<?> next = line.poll(now);
                if (next == null) {
                    break;
                }
                // It may have been cancelled and not left the line yet.
                if (next.isWaiting() && admit(next, now) != Entry.GONE) {
                    return next;
                }
            }
            granting.remove(current);
            // Where there is no room, whoever brings a permit back looks again.
            wait = !isClosed && hasRoom() ? lanes.shortestWait(now) : 0;
        }
        if (wait > 0) {
            wakeUp.in(wait);
        }
        return null;
    }

    /** Counts a call that is told so, and is not let out any more. */
    void refused(ClaudeException refusal) {
        Reason reason = refusal instanceof AdmissionException known ? known.reason() : Reason.CLOSED;
        synchronized (lock) {
            if (reason == Reason.QUEUE_FULL) {
                waits.refusedFull();
            } else if (reason == Reason.QUEUE_TIMEOUT) {
                waits.refusedLate();
            }
        }
    }

    /** What a call waits for that has waited too long. */
    Obstacle timedOut(Hold<?> hold) {
        synchronized (lock) {
            if (hold.isLeased() || !hasRoom()) {
                return Obstacle.PERMITS;
            }
            hold.lane().wasTooSlow();
            return hold.lane().waitAt(now()) > 0 ? Obstacle.GATE : Obstacle.LIMITER;
        }
    }

    private boolean hasRoom() {
        return inFlight < concurrency.limit();
    }

    private int waiting() {
        return line.size() + lanes.asking();
    }

    private @Nullable Hold<?> nextRefused() {
        synchronized (lock) {
            Hold<?> next = line.any();
            return next == null ? lanes.anyAsking() : next;
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
