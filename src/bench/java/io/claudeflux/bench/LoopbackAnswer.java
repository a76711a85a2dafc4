package io.claudeflux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A server on the loopback address that answers every request with one and the same stream. */
final class LoopbackAnswer {
    private static final Duration LIMIT = Duration.ofSeconds(60);
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

    private LoopbackAnswer() {}

    /** Starts one whose answer has so many deltas of text, so many of them in an HTTP chunk. */
    static DisposableServer start(int deltas, int eventsPerChunk) {
        byte[] chunk = DELTA.repeat(eventsPerChunk).getBytes(UTF_8);
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((in, out) -> in.receive()
                        .then(out.header("content-type", "text/event-stream")
                                .send(answer(chunk, deltas / eventsPerChunk), buffer -> true)
                                .then()))
                .bindNow(LIMIT);
    }

    private static Flux<ByteBuf> answer(byte[] chunk, int chunks) {
        return Flux.just(START)
                .map(text -> Unpooled.wrappedBuffer(text.getBytes(UTF_8)))
                .concatWith(Flux.range(0, chunks).map(i -> Unpooled.wrappedBuffer(chunk)))
                .concatWith(Flux.just(END).map(text -> Unpooled.wrappedBuffer(text.getBytes(UTF_8))));
    }
}
