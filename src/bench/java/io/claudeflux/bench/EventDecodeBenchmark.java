package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.sse.FrameSink;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
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
 * What a typed event costs out of a full read of a socket, against a plain scan for line feeds over the same bytes in
 * the same run, and against what one would write with Jackson alone.
 *
 * <p>All scores are per event. Only ratios to {@link #newlineScan} say something. Run with {@code -prof gc} for bytes
 * per event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventDecodeBenchmark {
    private static final int EVENTS = 500;

    /** The delta under measure. The last two do not go the direct way: an order of their own, and an unknown field. */
    public enum Kind {
        TEXT("{'type':'text_delta','text':' twenty characters..'}"),
        TEXT_WITH_ESCAPES("{'type':'text_delta','text':' twenty\\n\\ncharacters.'}"),
        INPUT("{'type':'input_json_delta','partial_json':'{\\'city\\': \\'Paris'}"),
        THINKING("{'type':'thinking_delta','thinking':' twenty characters..'}"),
        SIGNATURE("{'type':'signature_delta','signature':'EqoBCkgIAhABGAIiQGV0'}"),
        REORDERED("{'text':' twenty characters..','type':'text_delta'}"),
        UNKNOWN_FIELD("{'type':'text_delta','text':' twenty','unknown':1}");

        private final String delta;

        Kind(String delta) {
            this.delta = delta.replace('\'', '"');
        }
    }

    @Param
    Kind kind = Kind.TEXT;

    private final SseDecoder decoder = new SseDecoder(SseLimits.defaults());
    private final EventReader reader = new EventReader(ResponseMetadata.none());
    private final JacksonAlone jackson = new JacksonAlone();
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    /** Fills a direct buffer, which is what a socket reads into. */
    @Setup
    public void fill() {
        String event = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + kind.delta + "}\n\n";
        byte[] bytes = event.repeat(EVENTS).getBytes(UTF_8);
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
        for (int at = 0; at < chunk.writerIndex(); lines++) {
            at = chunk.forEachByte(at, chunk.writerIndex() - at, ByteProcessor.FIND_LF) + 1;
        }
        return lines;
    }

    /** Bytes to typed events, as the client does it. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void direct(Blackhole hole) {
        decoder.feed(chunk.readerIndex(0), new Events(hole));
    }

    /** Bytes to frames to typed events: the general way alone. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void general(Blackhole hole) {
        decoder.feed(chunk.readerIndex(0), frame -> hole.consume(reader.read(frame)));
    }

    /** Lines to typed events with Jackson's pull parser: no checks of the stream, no other event, no unknown field. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pullParser(Blackhole hole) {
        dataLines(hole, jackson::pull);
    }

    /** Lines to a tree to typed events: what most people write. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void tree(Blackhole hole) {
        dataLines(hole, jackson::tree);
    }

    /** Copies the line behind each {@code data:}, as nobody parses a buffer of Netty's as it is. */
    private void dataLines(Blackhole hole, BiFunction<byte[], Integer, @Nullable Object> parse) {
        byte[] line = new byte[1 << 10];
        int end = chunk.writerIndex();
        for (int at = 0; at < end; ) {
            int lineEnd = chunk.forEachByte(at, end - at, ByteProcessor.FIND_LF);
            if (chunk.getByte(at) == 'd') {
                int json = at + "data: ".length();
                chunk.getBytes(json, line, 0, lineEnd - json);
                hole.consume(parse.apply(line, lineEnd - json));
            }
            at = lineEnd + 1;
        }
    }

    /** Takes what the direct way knows, as the client's handler does. */
    private final class Events implements FrameSink {
        private final Blackhole hole;

        private Events(Blackhole hole) {
            this.hole = hole;
        }

        @Override
        public void accept(SseFrame frame) {
            hole.consume(reader.read(frame));
        }

        @Override
        public int take(byte[] bytes, int from, int end) {
            Object event = reader.read(bytes, from, end);
            if (event == null) {
                return from;
            }
            hole.consume(event);
            return reader.behind();
        }
    }
}
