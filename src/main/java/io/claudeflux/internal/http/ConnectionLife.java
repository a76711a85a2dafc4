package io.claudeflux.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * What is known of a connection beyond one exchange: how many requests it has carried, whether the last one has heard
 * anything, and when it must not be handed out again.
 *
 * <p>In the pipeline between TLS and the HTTP codec, so that what it hears is the beginning of a response and no end of
 * a TLS session. Moved on by the channel's event loop; {@link #doom} comes from any thread.
 */
final class ConnectionLife extends ChannelInboundHandlerAdapter {
    static final String NAME = "claude-flux.life";

    private static final double SPREAD = 0.2;
    private static final AttributeKey<ConnectionLife> KEY = AttributeKey.valueOf(NAME);

    private final long began = System.nanoTime();
    private final long limit;
    private volatile int uses;
    private volatile int doomed;
    private volatile boolean heard;

    private ConnectionLife(long limit) {
        this.limit = limit;
    }

    /** The life of a channel that is being made, ending at about the given age. */
    static ConnectionLife begin(Channel channel, Duration maxLife) {
        double share = 1 - SPREAD + 2 * SPREAD * ThreadLocalRandom.current().nextDouble();
        ConnectionLife life = new ConnectionLife((long) (share * maxLife.toNanos()));
        channel.attr(KEY).set(life);
        return life;
    }

    /** The life of a channel of ours. */
    static @Nullable ConnectionLife of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Whether the pool must close the connection rather than hand it out. */
    static boolean isOver(Connection connection) {
        Channel channel = connection.channel();
        ConnectionLife life = of(channel);
        return !channel.isActive() || !connection.isPersistent() || (life != null && life.isOver());
    }

    private boolean isOver() {
        return System.nanoTime() - began >= limit || (doomed != 0 && doomed == uses);
    }

    /** The age at which it is no longer handed out. */
    long limitNanos() {
        return limit;
    }

    /**
     * Another request goes out.
     *
     * @return its number on this connection, from 1
     */
    int use() {
        heard = false;
        int use = uses + 1;
        uses = use;
        return use;
    }

    /**
     * The connection is about to be closed on account of the request with this number. To be said ahead of the close,
     * which from another thread takes effect later, and perhaps only when the next request has the connection.
     */
    void doom(int use) {
        doomed = use;
    }

    /** Whether anything at all has come back for the last request. */
    boolean hasHeard() {
        return heard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        context.fireChannelRead(message);
    }
}
