package io.claudeflux.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops informational responses, such as 103 Early Hints, which RFC 9110 §15.2 lets a server or a proxy send ahead of
 * the real one; Reactor Netty knows 100 and would take any other for the answer. One instance serves one channel.
 */
final class InformationalResponses extends ChannelInboundHandlerAdapter {
    private boolean dropping;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            dropping = status > 101 && status < 200;
        }
        if (!dropping) {
            context.fireChannelRead(message);
            return;
        }
        boolean isLast = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (isLast) {
            dropping = false;
            // Nobody above has seen anything, so nobody else asks for what comes next.
            context.read();
        }
    }
}
