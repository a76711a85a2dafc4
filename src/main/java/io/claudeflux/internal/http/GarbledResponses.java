package io.claudeflux.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpObject;

/**
 * Responses that are not HTTP. What the decoder has to say about them quotes what the server sent, which may be the
 * key, or lines that look like a log's; Reactor Netty would log it. Stateless, one instance for each channel.
 */
final class GarbledResponses extends ChannelInboundHandlerAdapter {
    private static final String MESSAGE = "what the server sent is not HTTP";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part
                && part.decoderResult().cause() instanceof IllegalArgumentException quoting) {
            part.setDecoderResult(DecoderResult.failure(unquoted(quoting)));
        }
        context.fireChannelRead(message);
    }

    private static IllegalArgumentException unquoted(IllegalArgumentException quoting) {
        IllegalArgumentException plain = quoting instanceof NumberFormatException
                ? new NumberFormatException(MESSAGE)
                : new IllegalArgumentException(MESSAGE);
        plain.setStackTrace(quoting.getStackTrace());
        return plain;
    }
}
