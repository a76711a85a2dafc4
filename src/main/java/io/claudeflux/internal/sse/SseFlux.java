package io.claudeflux.internal.sse;

import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * The bytes of a response body as the items of a protocol: the one place where {@link SseDecoder} and
 * {@link FrameHandler} meet Reactor.
 *
 * <p>It is an operator written by hand because no chain of operators does the following together:
 *
 * <ul>
 *   <li>a buffer is decoded inside the {@code onNext} that brings it and never kept, as its owner releases it right
 *       afterwards, while the many items it holds are handed on by demand: {@code concatMapIterable} would queue
 *       buffers, and {@code handle} emits at most one item for each;
 *   <li>one buffer is asked for at a time, and only when there is demand and nothing is left of the last one, so that a
 *       consumer that stops makes the server stop;
 *   <li>the items ahead of a fault arrive before it, whatever the demand was, even if one buffer held them all;
 *   <li>after the protocol's own end, the rest of the body is read regardless of demand, but only for so long
 *       ({@link DrainPolicy}), and no error of it reaches anyone, a dropped-error hook included.
 * </ul>
 *
 * <p>Buffers belong to the upstream, which releases each one after {@code onNext} returns, as Reactor Netty's inbound
 * does, the ones it still holds at a cancel included. This operator reads them and never retains or releases; there
 * must be no operator in between that changes the thread or keeps buffers.
 *
 * <pre>
 *   bytes   --[a b c]-----[d end]-----[garbage]--X      X: complete, error, or the limit of the drain policy
 *   items   ---a-b-c-------d--end----------------|
 * </pre>
 *
 * @param <T> what the protocol emits
 */
public final class SseFlux<T> extends FluxOperator<ByteBuf, T> {

    private final SseLimits limits;
    private final Supplier<? extends FrameHandler<T>> handler;
    private final DrainPolicy drain;

    private SseFlux(
            Flux<? extends ByteBuf> body,
            SseLimits limits,
            Supplier<? extends FrameHandler<T>> handler,
            DrainPolicy drain) {
        super(body);
        this.limits = limits;
        this.handler = handler;
        this.drain = drain;
    }

    /**
     * Decodes a body; cold if the body is, and with a decoder and a handler of its own for each subscription.
     *
     * <p>Signals come on the thread of the body, of whoever requests, or of the drain timer, never two at a time.
     * Cancelling cancels the body, at any moment, and nothing is signalled or reported afterwards. It fails with what
     * {@link FrameHandler#onFailure} makes of an error of the body, of the handler or of the limits, and with a plain
     * {@link IllegalArgumentException} when it is asked for zero or fewer items.
     *
     * @param body the buffers, released by their publisher after each {@code onNext}
     * @param limits how much may be held at a time
     * @param handler called once for each subscription
     * @param drain how long to wait for the end of the body once the protocol is done
     */
    public static <T> Flux<T> decode(
            Flux<? extends ByteBuf> body,
            SseLimits limits,
            Supplier<? extends FrameHandler<T>> handler,
            DrainPolicy drain) {
        return onAssembly(new SseFlux<>(body, limits, handler, drain));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        FrameHandler<T> own;
        try {
            own = handler.get();
        } catch (Throwable e) {
            Exceptions.throwIfFatal(e);
            Operators.error(actual, e);
            return;
        }
        source.subscribe(new SseSubscriber<>(actual, new SseDecoder(limits), own, drain));
    }
}
