package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of a stream, case by case. A case is never run only whole: where it is cut must not matter. */
class SseDecoderTests {

    static Stream<SseCase> cases() {
        return SseCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesTheWholeStream(SseCase sse) {
        assertThat(Decoded.decode(sse.stream())).isEqualTo(sse.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesTheSameByteByByte(SseCase sse) {
        int[] everywhere = IntStream.range(0, sse.stream().length).toArray();
        assertThat(Decoded.decode(sse.stream(), everywhere)).isEqualTo(sse.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesTheSameCutInTwoAnywhere(SseCase sse) {
        for (int cut = 0; cut <= sse.stream().length; cut++) {
            assertThat(Decoded.decode(sse.stream(), cut))
                    .as("cut behind %d", cut)
                    .isEqualTo(sse.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOracleAgrees(SseCase sse) {
        assertThat(SseOracle.decode(sse.stream())).isEqualTo(sse.expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "direct", "composite", "read-only"})
    void readsEveryKindOfBufferToItsEndAndLeavesItAlive(String kind) {
        ByteBuf buffer = buffer(kind, "event: ping\ndata: {\"type\":\"ping\"}\n\ndata: \u20AC tail\n\n");
        List<SseFrame> frames = new ArrayList<>();

        new SseDecoder(SseLimits.defaults()).feed(buffer, frames::add);

        assertThat(frames)
                .containsExactly(new SseFrame("ping", "{\"type\":\"ping\"}", ""), new SseFrame("", "\u20AC tail", ""));
        assertThat(buffer.readableBytes()).isZero();
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @Test
    void manyEventsInOneBufferKeepTheirOrder() {
        StringBuilder stream = new StringBuilder();
        List<SseFrame> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stream.append("data: ").append(i).append("\n\n");
            expected.add(new SseFrame("", Integer.toString(i), ""));
        }
        assertThat(Decoded.decode(stream.toString().getBytes(UTF_8)).frames()).isEqualTo(expected);
    }

    @Test
    void anEventIsDispatchedByTheFirstHalfOfItsLastCrlf() {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        List<SseFrame> frames = new ArrayList<>();
        decoder.feed(Unpooled.copiedBuffer("data: 1\r\n\r", UTF_8), frames::add);
        assertThat(frames).hasSize(1);
        decoder.feed(Unpooled.copiedBuffer("\n", UTF_8), frames::add);
        assertThat(frames).hasSize(1);
        assertThat(decoder.end()).isNull();
    }

    @Test
    void whatTheConsumerThrowsPassesThrough() {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        ByteBuf buffer = Unpooled.copiedBuffer("data: 1\n\ndata: 2\n\n", UTF_8);
        assertThatThrownBy(() -> decoder.feed(buffer, frame -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(buffer.readableBytes()).isZero();
    }

    @Test
    void aFrameDoesNotPrintItsText() {
        assertThat(new SseFrame("content_block_delta", "secret", "7"))
                .hasToString("SseFrame(event 19 chars, data 6 chars)");
    }

    private static ByteBuf buffer(String kind, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return switch (kind) {
            case "direct" -> Unpooled.directBuffer().writeBytes(bytes);
            case "composite" -> composite(bytes);
            case "read-only" -> Unpooled.wrappedBuffer(bytes).asReadOnly();
            default -> Unpooled.wrappedBuffer(bytes);
        };
    }

    private static ByteBuf composite(byte[] bytes) {
        CompositeByteBuf composite = Unpooled.compositeBuffer(bytes.length);
        for (byte b : bytes) {
            composite.addComponent(true, Unpooled.wrappedBuffer(new byte[] {b}));
        }
        return composite;
    }
}
