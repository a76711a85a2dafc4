package io.claudeflux;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.FailureContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * The calls that are under way, and the end of their client: first nothing new is let in, then, when the grace has
 * passed, those that wait between two attempts are ended too. Thread-safe.
 */
final class Lifecycle {
    private static final Duration TICK = Duration.ofMillis(10);
    /** As good as for ever, and within the range of nanoseconds in a long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Scheduler timer;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<MonoSink<Long>> pauses = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private volatile boolean closed;

    Lifecycle(Scheduler timer) {
        this.timer = timer;
    }

    /** The call, unless closing has begun; whoever asks has entered. */
    <T> Flux<T> admit(Flux<T> call) {
        return Flux.defer(() -> closing ? Flux.error(Lifecycle::refusal) : call);
    }

    /**
     * Something is under way from now on, its waits included. To be said ahead of {@link #admit}, so that a call that
     * gets through is one that closing waits for.
     */
    void enter() {
        open.incrementAndGet();
    }

    /** What has entered is over, and everybody has been told. */
    void leave() {
        open.decrementAndGet();
    }

    /** What goes on behind calls, and is let in whatever happens; closing waits for it as for them. */
    <T> Flux<T> underWay(Flux<T> work) {
        return Flux.defer(() -> {
            enter();
            return work.doFinally(end -> leave());
        });
    }

    /** The wait ahead of another attempt; fails when the client is closed meanwhile. */
    Mono<Long> pause(Duration length) {
        return Mono.create(sink -> {
            pauses.add(sink);
            Disposable alarm = schedule(sink, length);
            sink.onDispose(() -> {
                alarm.dispose();
                pauses.remove(sink);
            });
            if (closed) {
                refuse(sink);
            }
        });
    }

    private Disposable schedule(MonoSink<Long> sink, Duration length) {
        try {
            return timer.schedule(() -> end(sink), length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            refuse(sink);
            return () -> {};
        }
    }

    /** Whoever takes the wait out of the set may end it: a second end would be reported as an error of nobody. */
    private void end(MonoSink<Long> pause) {
        if (pauses.remove(pause)) {
            pause.success(0L);
        }
    }

    private void refuse(MonoSink<Long> pause) {
        if (pauses.remove(pause)) {
            pause.error(refusal());
        }
    }

    /** Lets nothing new in, and completes when nothing is under way or the grace has passed. */
    Mono<Void> drain(Duration grace) {
        return Mono.defer(() -> {
            closing = true;
            if (grace.isZero() || open.get() == 0) {
                return Mono.empty();
            }
            return Mono.delay(TICK, timer)
                    .repeat(() -> open.get() > 0)
                    .take(grace.compareTo(LONGEST) > 0 ? LONGEST : grace, timer)
                    .then();
        });
    }

    /** Ends every wait. */
    void close() {
        closing = true;
        closed = true;
        pauses.forEach(this::refuse);
    }

    private static AdmissionException refusal() {
        return new AdmissionException(
                AdmissionException.Reason.CLOSED, "the client is closed", null, FailureContext.local());
    }
}
