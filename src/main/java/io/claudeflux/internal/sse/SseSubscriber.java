package io.claudeflux.internal.sse;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of {@link SseFlux}.
 *
 * <p>All signals to the consumer come out of {@link #step}, which one thread at a time runs (the {@code wip} counter).
 * Decoding does not run there: it has to happen inside {@code onNext}. The queue between the two is a plain
 * {@link ArrayDeque} all the same, because it is never shared, only handed over: a buffer is asked for when the queue
 * is empty, from then on ({@code awaiting}) it belongs to the thread that decodes, and when the buffer is decoded, or
 * the body over, it belongs to the drain loop again. It holds at most the items of one buffer. The volatile fields
 * carry the handover; decoder, handler and the plain fields travel with it.
 */
final class SseSubscriber<T> implements CoreSubscriber<ByteBuf>, Subscription, FrameSink, Scannable {

    /** A queue that grew beyond this is not kept: a stream of tiny events may be idle afterwards. */
    private static final int MAX_KEPT_ITEMS = 1024;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<SseSubscriber> WIP =
            AtomicIntegerFieldUpdater.newUpdater(SseSubscriber.class, "wip");

    @SuppressWarnings("rawtypes")
    private static final AtomicLongFieldUpdater<SseSubscriber> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(SseSubscriber.class, "requested");

    private final CoreSubscriber<? super T> actual;
    private final SseDecoder decoder;
    private final FrameHandler<T> handler;
    private final DrainPolicy policy;
    private final Consumer<T> items = this::onItem;
    private final Disposable.Swap timer = Disposables.swap();

    @SuppressWarnings("NullAway.Init") // set in onSubscribe, ahead of everything that reads it
    private Subscription upstream;

    private Queue<T> queue = new ArrayDeque<>();
    private boolean isQueueLarge;
    private boolean isProtocolEnded;
    private long drainedBytes;
    private @Nullable Throwable failure;

    @SuppressWarnings("unused") // through WIP
    private volatile int wip;

    private volatile long requested;
    private volatile boolean awaiting;

    /** The protocol has seen its end: what the body still brings is of no interest. */
    private volatile boolean protocolDone;

    /** Nothing more is taken from the body: it completed, failed or was cancelled by this operator. */
    private volatile boolean bodyOver;

    /** Nothing more may be signalled: the consumer cancelled or was told how it ended. */
    private volatile boolean closed;

    private volatile @Nullable Throwable badRequest;

    SseSubscriber(CoreSubscriber<? super T> actual, SseDecoder decoder, FrameHandler<T> handler, DrainPolicy policy) {
        this.actual = actual;
        this.decoder = decoder;
        this.handler = handler;
        this.policy = policy;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (Operators.validate(upstream, s)) {
            upstream = s;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ByteBuf bytes) {
        if (closed || bodyOver) {
            return;
        }
        if (protocolDone) {
            drained(bytes.readableBytes());
            return;
        }
        if (awaiting) {
            decode(bytes);
            awaiting = false;
            if (protocolDone) {
                beginDraining();
            }
        } else {
            fail(Exceptions.failWithOverflow("The body brought a buffer that nobody had asked for"));
        }
        drain();
    }

    @Override
    public void onError(Throwable error) {
        if (closed || bodyOver) {
            // By design not reported as dropped: a reset behind the end, or behind a cancel, is no event for anyone.
            return;
        }
        if (!protocolDone) {
            failure = error;
        }
        endBody();
    }

    @Override
    public void onComplete() {
        endBody();
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            Operators.addCap(REQUESTED, this, n);
        } else {
            badRequest = Exceptions.nullOrNegativeRequestException(n);
        }
        drain();
    }

    @Override
    public void cancel() {
        close();
        drain();
    }

    private void close() {
        closed = true;
        upstream.cancel();
        timer.dispose();
    }

    private void decode(ByteBuf bytes) {
        try {
            decoder.feed(bytes, this);
        } catch (Throwable e) {
            if (!protocolDone) {
                fail(e);
            }
        }
    }

    @Override
    public void accept(SseFrame frame) {
        if (closed || protocolDone) {
            return;
        }
        handler.onFrame(frame, items);
        noteEnd();
    }

    @Override
    public int take(byte[] bytes, int from, int end) {
        if (closed || protocolDone) {
            return from;
        }
        int behind = handler.take(bytes, from, end, items);
        if (behind > from) {
            noteEnd();
        }
        return behind;
    }

    private void noteEnd() {
        if (handler.isDone()) {
            protocolDone = true;
        }
    }

    private void onItem(T item) {
        queue.add(item);
        if (queue.size() > MAX_KEPT_ITEMS) {
            isQueueLarge = true;
        }
    }

    private void fail(Throwable error) {
        failure = error;
        bodyOver = true;
        upstream.cancel();
    }

    private void beginDraining() {
        upstream.request(Long.MAX_VALUE);
        if (bodyOver || closed) {
            return;
        }
        if (policy.limit().isZero()) {
            stopBody();
            return;
        }
        try {
            timer.update(policy.timer().schedule(this::stopBody, policy.limit().toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            // The scheduler is being shut down, and there is nobody left to wait.
            stopBody();
        }
    }

    private void drained(int bytes) {
        drainedBytes += bytes;
        if (drainedBytes > policy.maxBytes()) {
            stopBody();
        }
    }

    private void stopBody() {
        if (!bodyOver) {
            upstream.cancel();
            endBody();
        }
    }

    private void endBody() {
        bodyOver = true;
        timer.dispose();
        drain();
    }

    private void drain() {
        if (WIP.getAndIncrement(this) != 0) {
            return;
        }
        int missed = 1;
        try {
            do {
                step();
                missed = WIP.addAndGet(this, -missed);
            } while (missed != 0);
        } catch (Throwable e) {
            // Only a broken consumer or a broken virtual machine gets here. The connection must not stay open.
            close();
            throw e;
        }
    }

    private void step() {
        boolean isOver = bodyOver;
        if (closed || badRequest != null) {
            abandon(isOver);
        } else if (isOver || !awaiting) {
            if (isOver) {
                endProtocol();
            }
            emit();
            if (!closed && queue.isEmpty()) {
                shrinkQueue();
                proceed(isOver);
            }
        }
    }

    private void abandon(boolean isOver) {
        Throwable error = badRequest;
        if (!closed && error != null) {
            close();
            actual.onError(error);
        }
        if (isOver || !awaiting) {
            Operators.onDiscardQueueWithClear(queue, currentContext(), null);
        }
    }

    private void endProtocol() {
        if (isProtocolEnded) {
            return;
        }
        isProtocolEnded = true;
        if (failure != null || protocolDone) {
            return;
        }
        try {
            handler.onEnd(decoder.end(), items);
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void emit() {
        long emitted = 0;
        long demand = requested;
        while (!closed && (emitted != demand || emitted != (demand = requested))) {
            T item = queue.poll();
            if (item == null) {
                break;
            }
            actual.onNext(item);
            emitted++;
        }
        if (emitted != 0) {
            Operators.produced(REQUESTED, this, emitted);
        }
    }

    private void proceed(boolean isOver) {
        if (isOver) {
            closed = true;
            Throwable error = failure;
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(mapped(error));
                // Reactor throws a fatal error on instead of signalling it. Here it is signalled first, or the
                // consumer would wait for ever, with the permit of its call.
                Exceptions.throwIfFatal(error);
            }
        } else if (!protocolDone && requested != 0) {
            awaiting = true;
            upstream.request(1);
        }
    }

    private Throwable mapped(Throwable error) {
        try {
            return handler.onFailure(error);
        } catch (Throwable e) {
            return Exceptions.addSuppressed(e, error);
        }
    }

    private void shrinkQueue() {
        if (isQueueLarge) {
            isQueueLarge = false;
            queue = new ArrayDeque<>();
        }
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
            return closed;
        }
        if (key == Attr.RUN_STYLE) {
            return Attr.RunStyle.SYNC;
        }
        return null;
    }
}
