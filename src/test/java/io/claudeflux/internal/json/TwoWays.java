package io.claudeflux.internal.json;

import io.claudeflux.error.StreamException;
import io.claudeflux.internal.sse.FrameSink;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimitException;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a stream with the short way from bytes to events, or without it, and tells all that can be known of it. */
final class TwoWays implements FrameSink {
    private final EventReader reader = new EventReader(ResponseMetadata.none());
    private final List<StreamEvent> events = new ArrayList<>();
    private final boolean isDirect;
    private int frames;

    private TwoWays(boolean isDirect) {
        this.isDirect = isDirect;
    }

    /**
     * What became of a stream.
     *
     * @param events what was read, in order
     * @param error what it failed with
     * @param unfinished the frame that it broke off in
     * @param retry the time of its last retry line
     */
    record Outcome(
            List<StreamEvent> events,
            String error,
            @Nullable SseFrame unfinished,
            Optional<Duration> retry) {}

    static Outcome direct(byte[] stream, SseLimits limits, int... cuts) {
        return new TwoWays(true).play(stream, limits, cuts);
    }

    static Outcome general(byte[] stream, SseLimits limits, int... cuts) {
        return new TwoWays(false).play(stream, limits, cuts);
    }

    /** How many frames of a stream do not go the direct way. */
    static int framesOf(byte[] stream, int... cuts) {
        TwoWays ways = new TwoWays(true);
        ways.play(stream, SseLimits.defaults(), cuts);
        return ways.frames;
    }

    private Outcome play(byte[] stream, SseLimits limits, int... cuts) {
        SseDecoder decoder = new SseDecoder(limits);
        String error = "";
        SseFrame unfinished = null;
        try {
            int from = 0;
            for (int cut : cuts) {
                decoder.feed(buffer(stream, from, cut), this);
                from = cut;
            }
            decoder.feed(buffer(stream, from, stream.length), this);
            unfinished = decoder.end();
        } catch (StreamException e) {
            error = e.label() + " " + e.excerpt() + " " + e.getMessage();
        } catch (SseLimitException e) {
            error = e.what();
        }
        return new Outcome(events, error, unfinished, decoder.retry());
    }

    @Override
    public void accept(SseFrame frame) {
        frames++;
        StreamEvent event = reader.read(frame);
        if (event != null) {
            events.add(event);
        }
    }

    @Override
    public int take(byte[] bytes, int from, int end) {
        StreamEvent event = isDirect ? reader.read(bytes, from, end) : null;
        if (event == null) {
            return from;
        }
        events.add(event);
        return reader.behind();
    }

    /** A part of the stream between bytes that would make another frame of it. */
    private static ByteBuf buffer(byte[] stream, int from, int to) {
        byte[] framed = new byte[to - from + 2];
        Arrays.fill(framed, (byte) '\n');
        System.arraycopy(stream, from, framed, 1, to - from);
        return Unpooled.wrappedBuffer(framed).setIndex(1, framed.length - 1);
    }
}
