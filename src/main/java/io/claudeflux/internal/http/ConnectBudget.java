package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.ReactorNetty;
import reactor.util.context.ContextView;

/**
 * The way of a channel to a connection that can be used. Gives TCP and TLS the time that their exchange has for both
 * and for finding the address; the exchange has a clock of its own for the sum. And ends the way when nobody waits for
 * its end any more, which the pool would not do: it would let the connect go on, and take a place, for as long as the
 * limit allows.
 *
 * <p>First in the pipeline of a channel, made when the connect begins; leaves once the channel is active. Confined to
 * the channel's event loop.
 */
final class ConnectBudget extends ChannelDuplexHandler {
    /** For TLS to say goodbye: it is said at once, unless nobody reads, or a proxy keeps the way shut. */
    private static final long GOODBYE_MILLIS = 100;

    private final ChannelGroup channels;
    private final HttpSettings settings;
    private boolean isUsable;

    /** A way that also ends when the channels of its client are closed. */
    ConnectBudget(ChannelGroup channels, HttpSettings settings) {
        this.channels = channels;
        this.settings = settings;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise)
            throws Exception {
        ConfigurationException refusal = Tunnel.refusal(context.pipeline(), settings);
        if (refusal != null) {
            promise.setFailure(refusal);
            return;
        }
        Channel channel = context.channel();
        ContextView caller = ReactorNetty.getChannelContext(channel);
        Exchange exchange = caller == null ? null : caller.getOrDefault(Exchange.class, null);
        if (exchange != null) {
            channel.config().setConnectTimeoutMillis(exchange.connectMillis());
        }
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
        }
        super.connect(context, remote, local, promise);
        // Reactor Netty would add it once it can be used, which may be never.
        channels.add(channel);
        if (exchange != null) {
            exchange.connectOn(() -> channel.eventLoop().execute(() -> abandon(channel)));
        }
    }

    /** From the moment it is usable the pool may have given the channel to somebody else. */
    private void abandon(Channel channel) {
        if (!isUsable) {
            // Past the handlers: TLS would say goodbye first, and wait for seconds until a silent proxy let that
            // through. The pool hears of it as of any connect that fails.
            channel.unsafe().close(channel.newPromise());
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a listener is all that is wanted
    public void channelActive(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            isUsable = true;
        } else {
            Trust.compareHost(tls);
            tls.setHandshakeTimeoutMillis(context.channel().config().getConnectTimeoutMillis());
            tls.handshakeFuture().addListener(done -> isUsable = done.isSuccess());
        }
        context.pipeline().remove(this);
        context.fireChannelActive();
    }
}
