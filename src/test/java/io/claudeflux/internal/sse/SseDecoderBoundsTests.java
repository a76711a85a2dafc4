package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream may cost: limits, memory and time. */
class SseDecoderBoundsTests {

    private static final int BIG = 1 << 20;

    private final List<SseFrame> frames = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // line limit, event limit, stream, what is too long
        "10, 90, 'data: 12345', line",
        "10, 90, 'data:123456', line",
        "10, 90, 'event: 1234', line",
        "10, 90, 'id: 1234567', line",
        "10, 90, 'retry: 1234', line",
        "4, 90, 'data:', line",
        "5, 90, 'data: ', line",
        "4, 90, 'event|', line",
        "90, 10, 'data: 12345678901', event",
        "90, 10, 'data: 12345|data: 67890', event",
        "90, 2, 'data|data|data|data|', event",
        "15, 10, 'data: 12345678901', line",
        "17, 10, 'data: 12345678901', event",
    })
    void oneByteOverALimitFailsWithItsNameAtAnyChunking(int line, int event, String stream, String what) {
        String text = "data: 1\n\n".repeat(line > 8 ? 1 : 0) + stream.replace('|', '\n');
        SseLimits limits = new SseLimits(line, event);
        int expected = what.equals("line") ? line : event;
        for (int size : new int[] {1, 2, 3, 7, text.length()}) {
            frames.clear();
            SseLimitException e =
                    catchThrowableOfType(SseLimitException.class, () -> feed(new SseDecoder(limits), text, size));
            assertThat(e).as("chunks of %d", size).hasMessageContaining(what).hasMessageContaining("" + expected);
            assertThat(e.what()).isEqualTo(what);
            assertThat(e.limit()).isEqualTo(expected);
            assertThat(frames).as("the event ahead of it").hasSize(line > 8 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void exactlyTheLimitPasses(int size) {
        String text = "data: 1234\ndata:12345\nevent: 123\nid:1234567\n\n";
        feed(new SseDecoder(new SseLimits(10, 10)), text, size);
        assertThat(frames).containsExactly(new SseFrame("123", "1234\n12345", "1234567"));
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "foo:", "foobar: ", "foobar", " data: ", "\0data:"})
    void whatIsSkippedMayBeOfAnyLengthAndIsNotBuffered(String start) {
        SseDecoder decoder = new SseDecoder(new SseLimits(20, 20));
        feed(decoder, start + "x".repeat(100_000), 64);
        assertThat(decoder.bufferCapacity()).isZero();
        feed(decoder, "\ndata: 1\n\n", 64);
        assertThat(frames).containsExactly(new SseFrame("", "1", ""));
    }

    @Test
    void anUnendedFieldAtTheEndIsHeldToTheLimitToo() {
        SseDecoder decoder = new SseDecoder(new SseLimits(90, 1));
        feed(decoder, "data\ndata\ndata", 64);
        assertThatThrownBy(decoder::end).isInstanceOf(SseLimitException.class);
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new SseLimits(0, 1)).hasMessage("maxLineBytes must be > 0 but was 0");
        assertThatThrownBy(() -> new SseLimits(1, -1)).hasMessage("maxEventBytes must be > 0 but was -1");
        assertThat(SseLimits.defaults()).isEqualTo(new SseLimits(16 << 20, 16 << 20));
    }

    @Test
    void anIdleDecoderHoldsNextToNothing() {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        assertThat(decoder.bufferCapacity()).isZero();
        feed(decoder, "event: content_block_delta\ndata: {\"index\":0}\n\n", 64);
        assertThat(decoder.bufferCapacity()).isLessThan(1 << 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", "event: ", "id: ", "id: \0", "retry: 1", "retry: x"})
    void buffersShrinkBehindALargeValue(String start) {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        feed(decoder, start + "0".repeat(BIG), BIG);
        assertThat(decoder.bufferCapacity()).isGreaterThanOrEqualTo(BIG);
        feed(decoder, "\n\n", 2);
        assertThat(decoder.bufferCapacity()).isLessThan(8 << 10);
    }

    @Test
    void aLargeEventInSmallPiecesGrowsItsBufferAFewTimes() {
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        Set<Integer> capacities = new HashSet<>();
        feed(decoder, "data: ", 6);
        ByteBuf piece = Unpooled.copiedBuffer("x".repeat(16), UTF_8);
        for (int i = 0; i < BIG / 16; i++) {
            decoder.feed(piece.readerIndex(0), frames::add);
            capacities.add(decoder.bufferCapacity());
        }
        // 512 bytes doubled until they hold a mebibyte
        assertThat(capacities).hasSizeLessThanOrEqualTo(12);
        feed(decoder, "\n\n", 2);
        assertThat(frames.get(0).data()).hasSize(BIG);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 1 << 10, BIG})
    void noByteIsReadMoreThanAFewTimesAtAnyChunking(int size) {
        byte[] stream = ("event: x\n: comment\nfoo: bar\ndata: " + "y".repeat(100_000) + "\n\n").getBytes(UTF_8);
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        long reads = 0;
        for (int from = 0; from < stream.length; from += size) {
            CountingBuf buffer = new CountingBuf(stream, from, Math.min(size, stream.length - from));
            decoder.feed(buffer, frames::add);
            reads += buffer.bytesRead;
        }
        // Once to look for the end of the line (a long may reach beyond it), once to copy, once for the line end
        // itself.
        assertThat(reads).isLessThan(3L * stream.length + 100);
        assertThat(frames).hasSize(1);
    }

    @Test
    void twiceTheBytesTakeAtMostThreeTimesAsLong() {
        long once = Long.MAX_VALUE;
        long twice = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            once = Math.min(once, cpuNanosOfOneLine(BIG / 2));
            twice = Math.min(twice, cpuNanosOfOneLine(BIG));
        }
        assertThat((double) twice / once).as("%d ns against %d ns", twice, once).isLessThanOrEqualTo(3.0);
    }

    /** Measures the time of this thread alone, so that a busy machine does not count. */
    private long cpuNanosOfOneLine(int length) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        // Pieces so small that decoding them costs far more than the memory they end up in.
        ByteBuf piece = Unpooled.copiedBuffer("x".repeat(4), UTF_8);
        SseDecoder decoder = new SseDecoder(SseLimits.defaults());
        feed(decoder, "data: ", 6);
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < length / piece.capacity(); i++) {
            decoder.feed(piece.readerIndex(0), frames::add);
        }
        feed(decoder, "\n\n", 2);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        frames.clear();
        return nanos;
    }

    private void feed(SseDecoder decoder, String text, int size) {
        ByteBuf stream = Unpooled.copiedBuffer(text, UTF_8);
        while (stream.isReadable()) {
            decoder.feed(stream.readSlice(Math.min(size, stream.readableBytes())), frames::add);
        }
    }

    /** Counts the bytes that are read out of it, each as often as it is. */
    private static final class CountingBuf extends UnpooledHeapByteBuf {

        private long bytesRead;

        CountingBuf(byte[] stream, int from, int length) {
            super(UnpooledByteBufAllocator.DEFAULT, length, length);
            writeBytes(stream, from, length);
        }

        @Override
        public byte getByte(int index) {
            bytesRead++;
            return super.getByte(index);
        }

        @Override
        public long getLongLE(int index) {
            bytesRead += Long.BYTES;
            return super.getLongLE(index);
        }

        @Override
        public ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
            bytesRead += length;
            return super.getBytes(index, target, targetIndex, length);
        }
    }
}
