package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 * What a typed event costs on top of its frame, per event, for each kind of delta that is frequent.
 *
 * <p>{@link SseDecodeBenchmark} has the frames against a plain scan for line feeds.
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
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    /** Fills a direct buffer, which is what a socket reads into. */
    @Setup
    public void fill() {
        String event = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + delta + "}\n\n";
        byte[] bytes = event.repeat(EVENTS).getBytes(UTF_8);
        chunk = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        chunk.release();
    }

    /** Bytes to frames. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void frames(Blackhole hole) {
        decode(hole::consume);
    }

    /** Bytes to frames to typed events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void typedEvents(Blackhole hole) {
        decode(frame -> hole.consume(reader.read(frame)));
    }

    private void decode(Consumer<SseFrame> out) {
        decoder.feed(chunk.readerIndex(0), out);
    }
}
