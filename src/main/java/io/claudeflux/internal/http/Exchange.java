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
import reactor.netty.FutureMono;

/**
 * One request on its way: how far it got, and the clocks until its connection and until its first byte.
 *
 * <p>Moved on by the event loop of its connection and by the clocks' timer; whoever moves {@link Phase#CONNECTING} or
 * {@link Phase#SENDING} on has decided how it goes.
 */
final class Exchange {
    /** Closing takes microseconds; this only keeps an error from waiting for ever if nobody ever says it is done. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final Scheduler timer;
    private final Duration connect;
    private final boolean wantsNewConnection;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private final Disposable.Swap alarm = Disposables.swap();
    private volatile @Nullable Connection connection;
    private volatile @Nullable Channel channel;
    private volatile @Nullable Runnable abandon;
    private volatile @Nullable ConnectionLife life;
    private volatile int use;
    private volatile boolean ended;

    private Exchange(Scheduler timer, Duration connect, boolean wantsNewConnection) {
        this.timer = timer;
        this.connect = connect;
        this.wantsNewConnection = wantsNewConnection;
    }

    /**
     * A request that takes any connection.
     *
     * @param connect how long to wait for it; zero for as long as it takes
     */
    static Exchange onAnyConnection(Scheduler timer, Duration connect) {
        return new Exchange(timer, connect, false);
    }

    /** The same request once more, on a connection that was never used. */
    Exchange onNewConnection() {
        return new Exchange(timer, connect, true);
    }

    boolean wantsNewConnection() {
        return wantsNewConnection;
    }

    /** How long a connect may take, as Netty counts it; zero for as long as it takes. */
    int connectMillis() {
        return (int) Math.min(Integer.MAX_VALUE, connect.toMillis());
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

    /**
     * Limits the time until there is a connection, whatever that takes: a place in the pool, a name, one address after
     * the other, a proxy, TLS. Netty's own limits begin later, some of them again and again.
     *
     * @param tooLate run when there is none in time, and none will be taken any more
     */
    void connectWithin(Runnable tooLate) {
        if (!connect.isZero() && phase() == Phase.CONNECTING) {
            after(connect, () -> {
                if (phase.compareAndSet(Phase.CONNECTING, Phase.UNCONNECTED)) {
                    tooLate.run();
                }
            });
        }
    }

    /**
     * There is a connection, and the request goes out on it unless that comes too late. The clock closes it if no head
     * arrives in time.
     */
    void sendOn(Connection connection, Duration firstByte) {
        this.connection = connection;
        this.channel = connection.channel();
        ConnectionLife known = ConnectionLife.of(connection.channel());
        if (known != null) {
            use = known.use();
            life = known;
        }
        alarm.update(Disposables.disposed());
        if (ended) {
            // By a cancel that may have looked for a connection a moment too early.
            phase.set(Phase.UNCONNECTED);
            connection.dispose();
        } else if (phase.compareAndSet(Phase.CONNECTING, Phase.SENDING) && !firstByte.isZero()) {
            after(firstByte, () -> expire(connection));
        }
    }

    private void after(Duration limit, Runnable due) {
        try {
            alarm.update(timer.schedule(due, limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            // The scheduler is being shut down, and there is nobody left to wait.
            due.run();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange fails when it is closed
    private void expire(Connection connection) {
        if (phase.compareAndSet(Phase.SENDING, Phase.EXPIRED)) {
            doom();
            connection.channel().close();
        }
    }

    /** The head has arrived; false if it is too late. */
    boolean receive() {
        alarm.dispose();
        return phase.compareAndSet(Phase.SENDING, Phase.RECEIVING);
    }

    /** The connection is about to be closed here: nobody else must have it, however long that takes. */
    void doom() {
        ConnectionLife used = life;
        if (used != null) {
            used.doom(use);
        }
    }

    /**
     * Whether the request went to a connection that had served others and was lost there unheard: an idle connection
     * that a load balancer or the server had given up, most likely, before the request reached anybody.
     */
    boolean isLostUnheard() {
        ConnectionLife used = life;
        return phase() == Phase.SENDING && used != null && use > 1 && !used.hasHeard();
    }

    /** Whether it came to nothing before a connection was even tried for it. */
    boolean isWithoutConnect() {
        return phase() == Phase.CONNECTING && abandon == null;
    }

    /** Nobody waits for the exchange any more. */
    void end() {
        ended = true;
        alarm.dispose();
        Runnable onItsWay = abandon;
        // With another connection than the one that was asked for, that one is left to the others.
        if (onItsWay != null && (phase() == Phase.CONNECTING || phase() == Phase.UNCONNECTED)) {
            try {
                onItsWay.run();
            } catch (RejectedExecutionException e) {
                // The event loops are being shut down, and take their connections along.
                abandon = null;
            }
        }
    }

    /**
     * Nobody waits any more, and nobody was told how it ended. Reactor Netty drops a response that arrives at the
     * moment of the cancel, with its connection and what that has read; here they are let go.
     */
    void cancel() {
        doom();
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

    /** Closes the connection, and completes when it is closed. */
    Mono<Void> close() {
        Channel socket = channel;
        return socket == null
                ? Mono.empty()
                : FutureMono.deferFuture(socket::close)
                        .take(LONGEST_CLOSE, timer)
                        .onErrorComplete();
    }

    /** Completes when the connection is closed or back in its pool, so that nothing of this exchange is left behind. */
    Mono<Void> over() {
        Connection used = connection;
        return used == null
                ? Mono.empty()
                : used.onTerminate().take(LONGEST_CLOSE, timer).onErrorComplete();
    }
}
