package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.AdmissionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A consumer that writes down every signal, in words ({@code a}, {@code complete}, {@code QUEUE_FULL}, or the message
 * of any other error), and notices signals that overlap or follow the last one.
 */
final class Caller implements CoreSubscriber<String> {

    private final List<String> signals = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final long demand;
    private volatile Runnable onEnd = () -> {};
    private volatile boolean isTerminated;

    @SuppressWarnings("NullAway.Init")
    private volatile Subscription subscription;

    private Caller(long demand) {
        this.demand = demand;
    }

    static Caller of(Flux<String> work) {
        return of(work, Long.MAX_VALUE);
    }

    static Caller of(Flux<String> work, long demand) {
        Caller caller = new Caller(demand);
        work.subscribe(caller);
        return caller;
    }

    static Caller of(Flux<String> work, Runnable onEnd) {
        Caller caller = new Caller(Long.MAX_VALUE);
        caller.onEnd = onEnd;
        work.subscribe(caller);
        return caller;
    }

    void cancel() {
        subscription.cancel();
    }

    void request(long n) {
        subscription.request(n);
    }

    List<String> signals() {
        assertThat(violations).isEmpty();
        return signals;
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        if (demand > 0) {
            s.request(demand);
        }
    }

    @Override
    public void onNext(String item) {
        signal(item, () -> {});
    }

    @Override
    public void onError(Throwable error) {
        signal(word(error), this::end);
    }

    @Override
    public void onComplete() {
        signal("complete", this::end);
    }

    private void end() {
        isTerminated = true;
        onEnd.run();
    }

    private static String word(Throwable error) {
        return error instanceof AdmissionException refusal
                ? refusal.reason().name()
                : String.valueOf(error.getMessage());
    }

    private void signal(String signal, Runnable action) {
        if (inside.incrementAndGet() != 1) {
            violations.add("overlapping: " + signal);
        }
        if (isTerminated) {
            violations.add("behind the end: " + signal);
        }
        signals.add(signal);
        try {
            action.run();
        } finally {
            inside.decrementAndGet();
        }
    }
}
