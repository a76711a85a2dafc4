package io.claudeflux.speed.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Plays an answer into a connection as fast as that takes it, each buffer with a write of its own. Confined to the
 * connection's event loop, where connections take turns: one write each, so that a client that keeps up finds one
 * buffer at a time, as with a live answer.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is heard of in exceptionCaught, or is an end that was to come.
final class Playing {
    private final Channel channel;
    private final Encoded answer;
    private int part;
    private int round;
    private int buffer;
    /** Within {@link #play}, or with a turn to come: a write may be answered at once by the news that one can go on. */
    private boolean isBusy;

    Playing(Channel channel, Encoded answer) {
        this.channel = channel;
        this.answer = answer;
    }

    /** Goes on, if it stands still. */
    void resume() {
        if (!isBusy) {
            play();
        }
    }

    private void play() {
        isBusy = true;
        if (channel.isWritable() && !isOver()) {
            channel.writeAndFlush(next(), channel.voidPromise());
        }
        isBusy = channel.isWritable() && !isOver();
        if (isBusy) {
            channel.eventLoop().execute(this::play);
        }
    }

    boolean isOver() {
        return part == answer.parts().size();
    }

    /** What is to be written next. */
    ByteBuf next() {
        Encoded.Part current = answer.parts().get(part);
        ByteBuf bytes = current.buffers().get(buffer).duplicate();
        if (++buffer == current.buffers().size()) {
            buffer = 0;
            if (++round == current.times()) {
                round = 0;
                part++;
            }
        }
        return bytes;
    }
}
