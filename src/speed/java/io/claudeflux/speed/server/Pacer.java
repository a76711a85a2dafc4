package io.claudeflux.speed.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Writes so often a second into each of its connections, which are spread over the time between two writes of one: a
 * wheel with a spoke for each millisecond. Confined to one event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is heard of in exceptionCaught, or is an end that was to come.
final class Pacer {
    private final List<List<Turn>> spokes = new ArrayList<>();
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

    /**
     * A connection that gets something each time.
     *
     * @param next what it gets
     * @param isOver whether there is no more
     */
    private record Turn(Channel channel, Supplier<ByteBuf> next, BooleanSupplier isOver) {}

    /** Has something written into this connection each time, until there is no more or it is closed. */
    void add(Channel channel, Supplier<ByteBuf> next, BooleanSupplier isOver) {
        // A step that has no divisor in common with 250, 100 or 1,000 visits all spokes before any of them again.
        nextSpoke = (nextSpoke + 37) % spokes.size();
        spokes.get(nextSpoke).add(new Turn(channel, next, isOver));
    }

    private void tick() {
        now = (now + 1) % spokes.size();
        List<Turn> turns = spokes.get(now);
        turns.removeIf(turn -> !turn.channel().isOpen() || turn.isOver().getAsBoolean());
        for (Turn turn : turns) {
            if (turn.channel().isWritable()) {
                turn.channel().writeAndFlush(turn.next().get(), turn.channel().voidPromise());
            }
        }
    }
}
