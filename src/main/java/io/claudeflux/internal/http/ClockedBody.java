package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.scheduler.Scheduler;

/**
 * A body under the idle and the progress clock.
 *
 * <p>Reactor's {@code timeout} and Reactor Netty's {@code responseTimeout} count from one buffer to the next, and so
 * blame the server for a consumer that pauses. Here time counts from a request for a buffer to its arrival, and only
 * then. That needs a consumer that asks for one buffer at a time, or for all that is left once it no longer matters
 * when they come; it is what {@code SseFlux} does.
 *
 * <p>Buffers pass through untouched, on the thread that brings them. When a clock runs out the body is cancelled, which
 * closes the connection, and fails on the timer's thread.
 *
 * <pre>
 *   request   1-----1--------1----------------
 *   body      ---b----b------------------------
 *   clock     |--|  |-|      |-----limit----X
 * </pre>
 */
final class ClockedBody extends FluxOperator<ByteBuf, ByteBuf> {
    private final Timeouts limits;
    private final ReadClock clock;
    private final Scheduler timer;

    private ClockedBody(Flux<? extends ByteBuf> body, Timeouts limits, ReadClock clock, Scheduler timer) {
        super(body);
        this.limits = limits;
        this.clock = clock;
        this.timer = timer;
    }

    /** The body under its clocks; to be subscribed once. */
    static HttpBody of(HttpBody body, Timeouts limits, Scheduler timer) {
        if (limits.idle().isZero() && limits.progress().isZero()) {
            return body;
        }
        ReadClock clock = new ReadClock(limits, timer.now(TimeUnit.NANOSECONDS));
        return new HttpBody(body.head(), new ClockedBody(body.bytes(), limits, clock, timer), clock::progressed);
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        source.subscribe(new ClockedSubscriber(actual, limits, clock, timer));
    }
}
