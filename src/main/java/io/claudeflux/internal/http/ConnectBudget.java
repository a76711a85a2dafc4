package io.claudeflux.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Makes TCP connect and TLS handshake share one limit: the handshake gets what the connect has left of it. First in the
 * pipeline of a channel, made when the connect begins; leaves once the channel is active.
 */
final class ConnectBudget extends ChannelInboundHandlerAdapter {
    private final long began = System.nanoTime();

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            int limit = context.channel().config().getConnectTimeoutMillis();
            long used = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            // Zero is "no limit", here as there.
            tls.setHandshakeTimeoutMillis(limit == 0 ? 0 : Math.max(1, limit - used));
        }
        context.pipeline().remove(this);
        context.fireChannelActive();
    }
}
