package io.claudeflux.internal.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;

/**
 * One request on its way: how far it got, and the clock until its first byte.
 *
 * <p>Moved on by the event loop of its connection and by the clock's timer; whoever moves {@link Phase#SENDING} on has
 * decided how it goes.
 */
final class Exchange {
    /** Closing takes microseconds; this only keeps an error from waiting for ever if nobody ever says it is done. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final Scheduler timer;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private final Disposable.Swap alarm = Disposables.swap();
    private volatile @Nullable Connection connection;
    private volatile @Nullable Channel channel;
    private volatile @Nullable Runnable abandon;
    private volatile boolean ended;

    Exchange(Scheduler timer) {
        this.timer = timer;
    }

    Phase phase() {
        return Objects.requireNonNull(phase.get());
    }

    /**
     * A connection is on its way for this exchange.
     *
     * @param abandon ends it there if it has not arrived yet
     */
    void connectOn(Runnable abandon) {
        this.abandon = abandon;
        if (ended) {
            end();
        }
    }

    /** There is a connection, and the request goes out on it. The clock closes it if no head arrives in time. */
    void sendOn(Connection connection, Duration firstByte) {
        this.connection = connection;
        this.channel = connection.channel();
        phase.set(Phase.SENDING);
        if (firstByte.isZero()) {
            return;
        }
        try {
            alarm.update(timer.schedule(() -> expire(connection), firstByte.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            // The scheduler is being shut down, and there is nobody left to wait.
            expire(connection);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange fails when it is closed
    private void expire(Connection connection) {
        if (phase.compareAndSet(Phase.SENDING, Phase.EXPIRED)) {
            connection.channel().close();
        }
    }

    /** The head has arrived; false if it is too late. */
    boolean receive() {
        alarm.dispose();
        return phase.compareAndSet(Phase.SENDING, Phase.RECEIVING);
    }

    /** Nobody waits for the exchange any more. */
    void end() {
        ended = true;
        alarm.dispose();
        Runnable onItsWay = abandon;
        // With another connection than the one that was asked for, that one is left to the others.
        if (onItsWay != null && phase() == Phase.CONNECTING) {
            onItsWay.run();
        }
    }

    /**
     * Nobody waits any more, and nobody was told how it ended. Reactor Netty drops a response that arrives at the
     * moment of the cancel, with its connection and what that has read; here they are let go.
     */
    void cancel() {
        end();
        Connection used = connection;
        // Not asked of the connection: it has none of its own any more once it is done with.
        Channel socket = channel;
        if (used != null && socket != null) {
            try {
                // There, where a connection that is done with lets go of its channel before anybody else has it.
                socket.eventLoop().execute(used::dispose);
            } catch (RejectedExecutionException e) {
                // The event loops are being shut down, and take their connections along.
                end();
            }
        }
    }

    /** Completes when the connection is closed or back in its pool, so that nothing of this exchange is left behind. */
    Mono<Void> over() {
        Connection used = connection;
        return used == null
                ? Mono.empty()
                : used.onTerminate().take(LONGEST_CLOSE, timer).onErrorComplete();
    }
}
