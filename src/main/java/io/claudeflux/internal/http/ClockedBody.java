package io.claudeflux.internal.http;

import io.claudeflux.config.Timeouts;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.scheduler.Scheduler;

/**
 * A body under the idle and the progress clock, as its exchange has it end.
 *
 * <p>Reactor's {@code timeout} and Reactor Netty's {@code responseTimeout} count from one buffer to the next, and so
 * blame the server for a consumer that pauses. Here time counts from a request for a buffer to its arrival, and only
 * then. That needs a consumer that asks for one buffer at a time, or for all of them at once if it is done with each
 * when its {@code onNext} returns; it is what {@code SseFlux} does. When everything was asked for, time counts from the
 * end of one {@code onNext} to the beginning of the next, until the consumer says that the rest is of no interest.
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
    private final BodyEnd end;
    private final Timeouts limits;
    private final ReadClock clock;
    private final Scheduler timer;

    private ClockedBody(Flux<? extends ByteBuf> body, BodyEnd end, Timeouts limits, Scheduler timer) {
        super(body);
        this.end = end;
        this.limits = limits;
        this.clock = new ReadClock(limits, timer.now(TimeUnit.NANOSECONDS));
        this.timer = timer;
    }

    /** The body under its clocks; to be subscribed once. */
    static HttpBody of(HttpBody body, BodyEnd end, Timeouts limits, Scheduler timer) {
        ClockedBody clocked = new ClockedBody(body.bytes(), end, limits, timer);
        return new HttpBody(body.head(), clocked, clocked.clock::progressed, clocked.clock::ended);
    }

    BodyEnd end() {
        return end;
    }

    Timeouts limits() {
        return limits;
    }

    ReadClock clock() {
        return clock;
    }

    Scheduler timer() {
        return timer;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        source.subscribe(new ClockedSubscriber(actual, this));
    }
}
