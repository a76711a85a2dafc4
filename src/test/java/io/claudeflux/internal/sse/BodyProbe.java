package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A body in the hands of a test. It releases each buffer behind {@code onNext}, as Reactor Netty does, and sends what
 * it is told to send, whatever was requested or cancelled: a socket may be late.
 */
final class BodyProbe extends Flux<ByteBuf> implements Subscription {

    private final List<Long> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancels = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private volatile CoreSubscriber<? super ByteBuf> subscriber;

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        requests.add(n);
    }

    @Override
    public void cancel() {
        cancels.incrementAndGet();
    }

    void next(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, UTF_8);
        try {
            subscriber.onNext(buffer);
        } finally {
            assertThat(buffer.refCnt()).as("still owned by the body").isEqualTo(1);
            buffer.release();
        }
    }

    void error(String message) {
        subscriber.onError(new IllegalStateException(message));
    }

    void complete() {
        subscriber.onComplete();
    }

    /** Returns all requests so far, in order. */
    List<Long> requests() {
        return requests;
    }

    boolean isCancelled() {
        return cancels.get() > 0;
    }
}
