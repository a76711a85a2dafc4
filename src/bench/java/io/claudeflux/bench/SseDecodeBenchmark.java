package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.internal.sse.FrameSink;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a frame costs, against a plain scan for line feeds over the same bytes in the same run.
 *
 * <p>All scores are per event; a text delta of 130 bytes is the usual event of the Claude API. Only the ratio to
 * {@link #newlineScan} says something, bare times depend on the machine. Run with {@code -prof gc} for bytes per event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SseDecodeBenchmark {

    /** 65,000 bytes: one full read of a socket. */
    private static final int EVENTS = 500;

    private static final int EVENT_BYTES = 130;
    private static final String HEAD = "event: content_block_delta\n"
            + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"";
    private static final String TAIL = "\"}}\n\n";

    private final SseDecoder decoder = new SseDecoder(SseLimits.defaults());
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    /** Fills a direct buffer, which is what a socket reads into. */
    @Setup
    public void fill() {
        String text = "x".repeat(EVENT_BYTES - HEAD.length() - TAIL.length());
        byte[] bytes = (HEAD + text + TAIL).repeat(EVENTS).getBytes(UTF_8);
        chunk = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
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
        int at = 0;
        while (at < chunk.writerIndex()) {
            int found = chunk.forEachByte(at, chunk.writerIndex() - at, ByteProcessor.FIND_LF);
            lines++;
            at = found + 1;
        }
        return lines;
    }

    /** Decodes all events out of one buffer. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void allEventsInOneChunk(Blackhole hole) {
        FrameSink out = hole::consume;
        chunk.readerIndex(0);
        decoder.feed(chunk, out);
    }

    /** Decodes a buffer for each event, the rhythm of a live answer. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void oneEventPerChunk(Blackhole hole) {
        FrameSink out = hole::consume;
        int bytes = chunk.capacity();
        for (int at = 0; at < bytes; at += EVENT_BYTES) {
            chunk.setIndex(at, at + EVENT_BYTES);
            decoder.feed(chunk, out);
        }
        chunk.setIndex(0, bytes);
    }
}
