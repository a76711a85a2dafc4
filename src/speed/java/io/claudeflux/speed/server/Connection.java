package io.claudeflux.speed.server;

import io.claudeflux.speed.answer.Answer;
import io.claudeflux.speed.answer.AnswerName;
import io.claudeflux.speed.answer.Stamp;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection: reads requests, of which only the path matters, and answers one after another. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is heard of in exceptionCaught, or is an end that was to come.
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private static final long PAUSE_MILLIS = 5;

    private final Known known;
    private AnswerName asked = AnswerName.first();
    private @Nullable Playing playing;

    Connection(Known known) {
        this.known = known;
    }

    /** What all connections share: answers that are encoded, and who paces. */
    static final class Known {
        private final Map<AnswerName, Encoded> answers = new ConcurrentHashMap<>();
        private final Map<EventLoop, Map<Integer, Pacer>> pacers = new ConcurrentHashMap<>();

        private Encoded answer(AnswerName name) {
            return answers.computeIfAbsent(name, asked -> Encoded.of(Answer.of(asked)));
        }

        private Pacer pacer(EventLoop loop, int rate) {
            return pacers.computeIfAbsent(loop, any -> new ConcurrentHashMap<>())
                    .computeIfAbsent(rate, asked -> Pacer.start(loop, asked));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            asked = AnswerName.parse(request.uri().substring(1, request.uri().indexOf('/', 1)));
        }
        if (message instanceof LastHttpContent) {
            answer(context);
        }
    }

    private void answer(ChannelHandlerContext context) {
        Encoded answer = known.answer(asked);
        switch (asked.kind()) {
            case TEXT, MIXED, SIZED -> {
                Playing own = new Playing(context.channel(), answer);
                if (asked.rate() > 0) {
                    pacer(context).add(context.channel(), own::next, own::isOver);
                } else {
                    playing = own;
                    own.resume();
                }
            }
            case PACED -> {
                context.writeAndFlush(answer.opening(), context.voidPromise());
                pacer(context).add(context.channel(), () -> Encoded.chunk(Stamp.event()), () -> false);
            }
            case FIRST -> {
                context.writeAndFlush(answer.opening(), context.voidPromise());
                context.executor().schedule(() -> first(context, answer), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Pacer pacer(ChannelHandlerContext context) {
        return known.pacer(context.channel().eventLoop(), asked.rate());
    }

    private static void first(ChannelHandlerContext context, Encoded answer) {
        context.write(Encoded.chunk(Stamp.event()), context.voidPromise());
        context.writeAndFlush(answer.closing(), context.voidPromise());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (playing != null && !playing.isOver() && context.channel().isWritable()) {
            Objects.requireNonNull(playing).resume();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
