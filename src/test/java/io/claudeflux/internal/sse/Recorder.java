package io.claudeflux.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * A consumer that writes down every signal, in words ({@code a}, {@code b}, {@code complete}, {@code error: ...}), and
 * notices signals that overlap, come unasked for, or follow the last one.
 */
final class Recorder implements CoreSubscriber<String> {

    private final List<String> signals = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong unusedDemand = new AtomicLong();
    private final Context context;
    private Consumer<String> onNext = item -> {};
    private boolean isTerminated;

    @SuppressWarnings("NullAway.Init")
    private volatile Subscription subscription;

    private Recorder(Context context) {
        this.context = context;
    }

    static Recorder of(Flux<String> items) {
        return of(items, Context.empty());
    }

    static Recorder of(Flux<String> items, Context context) {
        Recorder recorder = new Recorder(context);
        items.subscribe(recorder);
        return recorder;
    }

    Recorder onItem(Consumer<String> action) {
        onNext = action;
        return this;
    }

    void request(long n) {
        unusedDemand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        subscription.request(n);
    }

    void cancel() {
        subscription.cancel();
    }

    List<String> signals() {
        assertThat(violations).isEmpty();
        return signals;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
    }

    @Override
    public void onNext(String item) {
        signal(item, () -> {
            if (unusedDemand.get() != Long.MAX_VALUE && unusedDemand.getAndDecrement() <= 0) {
                violations.add("unasked for: " + item);
            }
            onNext.accept(item);
        });
    }

    @Override
    public void onError(Throwable error) {
        signal("error: " + error.getMessage(), () -> isTerminated = true);
    }

    @Override
    public void onComplete() {
        signal("complete", () -> isTerminated = true);
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
