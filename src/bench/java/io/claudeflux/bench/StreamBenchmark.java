package io.claudeflux.bench;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.MessageRequest;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;

/**
 * A whole stream over a loopback connection, per event, against Reactor Netty counting the bytes of the same answer.
 *
 * <p>Server and client share the machine and this JVM, so only the ratio of the two says something.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamBenchmark {
    private static final int DELTAS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final MessageRequest request =
            MessageRequest.builder().model("m").maxTokens(1).user("Hello").build();

    /** How many events the server puts into one HTTP chunk. */
    @Param({"1", "20"})
    int eventsPerChunk;

    private @Nullable DisposableServer server;
    private @Nullable ClaudeClient claude;

    /** Starts a server that answers every request with the same stream. */
    @Setup
    public void start() {
        server = LoopbackAnswer.start(DELTAS, eventsPerChunk);
        claude = ClaudeClient.builder()
                .apiKey("bench")
                .baseUrl("http://127.0.0.1:" + server.port())
                .build();
    }

    /** Lets the sockets go. */
    @TearDown
    public void stop() {
        Objects.requireNonNull(claude).close();
        Objects.requireNonNull(server).disposeNow(LIMIT);
    }

    /** The floor: the bytes arrive and are counted. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public @Nullable Integer bytes() {
        return HttpClient.create()
                .post()
                .uri("http://127.0.0.1:" + Objects.requireNonNull(server).port() + "/v1/messages")
                .responseContent()
                .map(ByteBuf::readableBytes)
                .reduce(0, Integer::sum)
                .block(LIMIT);
    }

    /** The least that a reader of events must do: the bytes arrive and their line feeds are found. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public @Nullable Integer newlines() {
        return HttpClient.create()
                .post()
                .uri("http://127.0.0.1:" + Objects.requireNonNull(server).port() + "/v1/messages")
                .responseContent()
                .map(StreamBenchmark::lineFeeds)
                .reduce(0, Integer::sum)
                .block(LIMIT);
    }

    private static int lineFeeds(ByteBuf bytes) {
        int lines = -1;
        int at = bytes.readerIndex() - 1;
        do {
            at = bytes.forEachByte(at + 1, bytes.writerIndex() - at - 1, ByteProcessor.FIND_LF);
            lines++;
        } while (at >= 0);
        return lines;
    }

    /** Typed, checked events. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public @Nullable Long events() {
        return Objects.requireNonNull(claude).messages().stream(request).count().block(LIMIT);
    }
}
