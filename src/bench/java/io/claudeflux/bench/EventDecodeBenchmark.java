package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a typed event costs, step by step and as a whole, per event, against a plain scan for line feeds over the same
 * bytes in the same run.
 *
 * <p>Only ratios to {@link #newlineScan} say something. Run with {@code -prof gc} for bytes per event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventDecodeBenchmark {
    private static final int EVENTS = 500;

    /** The delta under measure; the last one has a field that the short way does not know. */
    @Param({
        "{\"type\":\"text_delta\",\"text\":\" twenty characters..\"}",
        "{\"type\":\"text_delta\",\"text\":\" twenty\",\"unknown\":1}"
    })
    String delta = "";

    private final SseDecoder decoder = new SseDecoder(SseLimits.defaults());
    private final EventReader reader = new EventReader(ResponseMetadata.none());
    private final List<SseFrame> frames = new ArrayList<>(EVENTS);
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    /** Fills a direct buffer, which is what a socket reads into. */
    @Setup
    public void fill() {
        String event = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + delta + "}\n\n";
        byte[] bytes = event.repeat(EVENTS).getBytes(UTF_8);
        chunk = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        decode(frames::add);
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        chunk.release();
    }

    /** Only looks for line feeds, with Netty's own search: the yardstick. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int newlineScan() {
        int lines = 0;
        for (int at = 0; at < chunk.writerIndex(); lines++) {
            at = chunk.forEachByte(at, chunk.writerIndex() - at, ByteProcessor.FIND_LF) + 1;
        }
        return lines;
    }

    /** Bytes to frames. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void bytesToFrames(Blackhole hole) {
        decode(hole::consume);
    }

    /** Frames to typed events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void framesToEvents(Blackhole hole) {
        for (SseFrame frame : frames) {
            hole.consume(reader.read(frame));
        }
    }

    /** Bytes to frames to typed events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void bytesToEvents(Blackhole hole) {
        decode(frame -> hole.consume(reader.read(frame)));
    }

    private void decode(Consumer<SseFrame> out) {
        decoder.feed(chunk.readerIndex(0), out);
    }
}
