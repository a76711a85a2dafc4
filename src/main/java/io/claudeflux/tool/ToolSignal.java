package io.claudeflux.tool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Takes the first signal of a tool's {@code Mono}, and lets whatever comes behind it, or behind a cancel, go.
 *
 * <p>Subscribes by hand, since no operator does these: an {@link Error} of the JVM in an operator of the tool is thrown
 * at whoever subscribes, and must become the call's outcome there; a failure behind a cancel is nobody's any more, and
 * would go to the log with its message; and what emits twice, against the rules, still answers its call once.
 */
final class ToolSignal implements CoreSubscriber<Object>, Disposable {
    private final MonoSink<Attempt<ToolResult>> sink;
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean isOver;

    private ToolSignal(MonoSink<Attempt<ToolResult>> sink) {
        this.sink = sink;
    }

    static Mono<Attempt<ToolResult>> of(Mono<?> mono) {
        return Mono.create(sink -> {
            ToolSignal signal = new ToolSignal(sink);
            sink.onCancel(signal);
            try {
                mono.subscribe(signal);
            } catch (Throwable broken) {
                if (signal.isOver) {
                    // It comes from whoever was told of the outcome.
                    throw broken;
                }
                signal.onError(broken);
            }
        });
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (subscription.compareAndSet(null, given)) {
            given.request(Long.MAX_VALUE);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(Object value) {
        if (!isOver) {
            end(Attempt.of(() -> ToolResult.from(value)));
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!isOver) {
            end(Attempt.failed(failure));
        }
    }

    @Override
    public void onComplete() {
        if (!isOver) {
            end(new Attempt<>(ToolResult.empty(), null));
        }
    }

    private void end(Attempt<ToolResult> outcome) {
        isOver = true;
        sink.success(outcome);
    }

    @Override
    public Context currentContext() {
        return Context.of(sink.contextView());
    }

    @Override
    public void dispose() {
        isOver = true;
        Subscription open = subscription.getAndSet(Operators.cancelledSubscription());
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public boolean isDisposed() {
        return isOver;
    }
}
