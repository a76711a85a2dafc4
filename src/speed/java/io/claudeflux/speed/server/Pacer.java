package io.claudeflux.speed.server;

import io.claudeflux.speed.answer.Stamp;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes so many events a second into each of its connections, which are spread over the time between two events of
 * one: a wheel with a spoke for each millisecond. Confined to one event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is heard of in exceptionCaught, or is an end that was to come.
final class Pacer {
    private final List<List<Channel>> spokes = new ArrayList<>();
    private int now;
    private int nextSpoke;

    private Pacer(int rate) {
        for (int i = 0; i < 1_000 / rate; i++) {
            spokes.add(new ArrayList<>());
        }
    }

    static Pacer start(EventLoop loop, int rate) {
        Pacer pacer = new Pacer(rate);
        loop.scheduleAtFixedRate(pacer::tick, 1, 1, TimeUnit.MILLISECONDS);
        return pacer;
    }

    /** Has events written into this connection until it is closed. */
    void add(Channel channel) {
        // A step that has no divisor in common with 250, 100 or 1,000 visits all spokes before any of them again.
        nextSpoke = (nextSpoke + 37) % spokes.size();
        List<Channel> spoke = spokes.get(nextSpoke);
        spoke.add(channel);
        channel.closeFuture().addListener(closed -> channel.eventLoop().execute(() -> spoke.remove(channel)));
    }

    private void tick() {
        now = (now + 1) % spokes.size();
        for (Channel channel : spokes.get(now)) {
            if (channel.isWritable()) {
                channel.writeAndFlush(Encoded.chunk(Stamp.event()), channel.voidPromise());
            }
        }
    }
}
