package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.ClaudeClient;
import io.claudeflux.message.MessageRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

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
    private static final String START = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            """;
    private static final String DELTA = """
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" twenty characters.."}}

            """;
    private static final String END = """
            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":10000}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

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
        byte[] chunk = DELTA.repeat(eventsPerChunk).getBytes(UTF_8);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((in, out) -> in.receive()
                        .then(out.header("content-type", "text/event-stream")
                                .send(answer(chunk), buffer -> true)
                                .then()))
                .bindNow(LIMIT);
        claude = ClaudeClient.builder()
                .apiKey("bench")
                .baseUrl("http://127.0.0.1:" + server.port())
                .build();
    }

    private Flux<ByteBuf> answer(byte[] chunk) {
        return Flux.just(START)
                .map(text -> Unpooled.wrappedBuffer(text.getBytes(UTF_8)))
                .concatWith(Flux.range(0, DELTAS / eventsPerChunk).map(i -> Unpooled.wrappedBuffer(chunk)))
                .concatWith(Flux.just(END).map(text -> Unpooled.wrappedBuffer(text.getBytes(UTF_8))));
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
