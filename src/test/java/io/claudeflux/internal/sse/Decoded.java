package io.claudeflux.internal.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that can be known of a decoded stream. It prints its frames, which {@link SseFrame} does not. */
record Decoded(List<SseFrame> frames, @Nullable SseFrame unfinished, Optional<Duration> retry) {

    /** Runs a decoder over the stream, cut into buffers behind the given numbers of bytes. */
    static Decoded decode(byte[] stream, int... cuts) {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        List<SseFrame> frames = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            decoder.feed(buffer(stream, from, cut), frames::add);
            from = cut;
        }
        decoder.feed(buffer(stream, from, stream.length), frames::add);
        return new Decoded(frames, decoder.end(), decoder.retry());
    }

    /** Wraps a part of the stream as a view with neighbours on both sides, which must not be read. */
    private static ByteBuf buffer(byte[] stream, int from, int to) {
        byte[] framed = new byte[to - from + 2];
        Arrays.fill(framed, (byte) '\n');
        System.arraycopy(stream, from, framed, 1, to - from);
        return Unpooled.wrappedBuffer(framed).setIndex(1, framed.length - 1);
    }

    @Override
    public String toString() {
        String all = frames.stream().map(Decoded::text).collect(Collectors.joining(", "));
        return "[" + all + "] unfinished " + (unfinished == null ? "none" : text(unfinished)) + " retry " + retry;
    }

    private static String text(SseFrame frame) {
        return "(" + frame.event() + "|" + frame.data() + "|" + frame.id() + ")";
    }
}
