package io.claudeflux.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.claudeflux.fixture.Transcripts;
import io.claudeflux.internal.json.TwoWays.Outcome;
import io.claudeflux.internal.sse.FrameSink;
import io.claudeflux.internal.sse.SseDecoder;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.StreamEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shortest way never says anything but what the general way says, and it is the way that the API's deltas go.
 *
 * <p>{@code -Dclaudeflux.json.mutations=5000000} changes more frames at random, {@code -Dclaudeflux.json.seed} others.
 */
class HotFrameTests {
    private static final SseLimits LIMITS = SseLimits.defaults();
    private static final String TEXT = frame("text_delta", "text", "Hello");
    private static final String INPUT = frame("input_json_delta", "partial_json", "{\\\"city\\\": \\\"Zürich");

    private static final List<String> USUAL = List.of(
            TEXT,
            INPUT,
            frame("thinking_delta", "thinking", "Zürich, 豆 and 😀\\n\\tare \\/ \\b\\f\\r\\\\ words"),
            frame("signature_delta", "signature", "EqoBCkgIAhABGAIiQGV0"),
            frame("text_delta", "text", ""),
            TEXT.replace(":0,", ":9999,"),
            TEXT.replace("\"}}", "\" }   }        "),
            TEXT.replace("Hello", "x".repeat(300)),
            spaced(TEXT),
            spaced(INPUT),
            spaced(TEXT).replace(": 0,", ": 17,"),
            "event: ping\ndata: {\"type\": \"ping\"}\n\n",
            "event: ping\ndata: {\"type\":\"ping\"   } \n\n");

    /** Each differs from a usual frame in one place. */
    private static final List<String> UNUSUAL = List.of(
            TEXT.replace("\n", "\r\n"),
            TEXT.replace("\n", "\r"),
            TEXT.replace("\n\n", "\n\r\n"),
            TEXT.replace("\ndata", "\r\ndata"),
            TEXT.replace("\n\n", "\ndata: \n\n"),
            TEXT.replace("\n\n", "\nid: 4\n\n"),
            TEXT.replace("\n\n", "\nevent: ping\n\n"),
            TEXT.replace("event: ", "event:"),
            TEXT.replace("event: ", "event:  "),
            TEXT.replace("event: ", ""),
            TEXT.replace("event: content_block_delta", "event: ping"),
            TEXT.replace("event: content_block_delta", "event: error"),
            TEXT.replace("event: content_block_delta", "id: 3\nevent: content_block_delta"),
            TEXT.replace("\ndata", "\nretry: 12\ndata"),
            TEXT.replace("\ndata", "\n: comment\ndata"),
            TEXT.replace("data: ", "data:"),
            TEXT.replace("data: ", "data:  "),
            TEXT.replace(":0,", ":00,"),
            TEXT.replace(":0,", ":01,"),
            TEXT.replace(":0,", ":-0,"),
            TEXT.replace(":0,", ":-1,"),
            TEXT.replace(":0,", ":,"),
            TEXT.replace(":0,", ":1.0,"),
            TEXT.replace(":0,", ":1e2,"),
            TEXT.replace(":0,", ":10000,"),
            TEXT.replace(":0,", ":2147483647,"),
            TEXT.replace(":0,", ":2147483648,"),
            TEXT.replace(":0,", ":99999999999999999999,"),
            TEXT.replace(":0,", ":\"0\","),
            TEXT.replace(":0,", ":null,"),
            TEXT.replace("\"}}", "\"}"),
            TEXT.replace("\"}}", "\"}}}"),
            TEXT.replace("\"}}", "\"}} x"),
            TEXT.replace("\"}}", "\"\t}}"),
            TEXT.replace("\"}}", "\"}\n}"),
            TEXT.replace("\"}}", "\",\"x\":1}}"),
            TEXT.replace("\"}}", "\",\"text\":\"again\"}}"),
            TEXT.replace("\"}}", "\"},\"x\":1}"),
            TEXT.replace("\"}}", "\"},\"index\":7}"),
            TEXT.replace("\"}}", "\"},\"type\":\"ping\"}"),
            TEXT.replace("\"}}", "\"},\"delta\":{\"type\":\"text_delta\",\"text\":\"b\"}}"),
            TEXT.replace("\"text\":", "\"thinking\":"),
            TEXT.replace("\"text\":\"Hello\"", "\"text\":null"),
            TEXT.replace("\"text\":\"Hello\"", "\"text\":\"Hello"),
            TEXT.replace("\"type\":\"text_delta\",\"text\":\"Hello\"", "\"text\":\"Hello\",\"type\":\"text_delta\""),
            TEXT.replace("{\"type\":\"content_block_delta\",", "{")
                    .replace("\"}}", "\"},\"type\":\"content_block_delta\"}"),
            TEXT.replace("Hello", "a\tb"),
            TEXT.replace("Hello", "a\u0000b"),
            TEXT.replace("Hello", "a\u001fb"),
            TEXT.replace("Hello", "a\rb"),
            TEXT.replace("Hello", "a\nb"),
            TEXT.replace("Hello", "a\u007f\u0080\u2028\uFEFFb"),
            TEXT.replace("Hello", "a\\xb"),
            TEXT.replace("Hello", "a\\'b"),
            TEXT.replace("Hello", "a\\"),
            TEXT.replace("Hello", "a\\\\"),
            TEXT.replace("Hello", "\\u0000\\u00e9\\u8C46\\u8c46\\ud83d\\ude00\\uD83D\\uDE00x\\n"),
            TEXT.replace("Hello", "\\u12"),
            TEXT.replace("Hello", "\\u12g4"),
            TEXT.replace("Hello", "\\u-123"),
            TEXT.replace("Hello", "\\ud83d"),
            TEXT.replace("Hello", "\\ude00"),
            TEXT.replace("Hello", "\\ude00\\ud83d"),
            TEXT.replace("Hello", "\\ud83d\\n"),
            TEXT.replace("Hello", "\\ud83d\\u0041"),
            TEXT.replace("Hello", "\\ud83dx"),
            TEXT.replace("Hello", "\\n\\ud83d"),
            TEXT.replace("Hello", "\uFFFD"),
            TEXT.replace("Hello", "\\ufffd"),
            TEXT.replace("Hello", "x".repeat(600)),
            TEXT.replace("Hello", "y".repeat(5_000)),
            TEXT.replace("Hello", "\\n".repeat(5_000)),
            "event: ping\ndata: {\"type\":\"ping\",\"x\":1}\n\n",
            "event: ping\ndata: {}\n\n",
            "event: ping\n\n",
            "event: ping\ndata\n\n",
            "event\ndata: {\"type\":\"ping\"}\n\n",
            "\uFEFF" + TEXT,
            TEXT + "\uFEFF" + TEXT,
            ": comment\n\n\n" + TEXT + ": comment\n" + TEXT,
            "id: 1\n" + TEXT + "retry: 5\n" + TEXT + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            "data: {\n" + TEXT,
            "event: x\n" + TEXT);

    private static String frame(String type, String field, String value) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\""
                + type + "\",\"" + field + "\":\"" + value + "\"}}\n\n";
    }

    /** As a dictionary of Python is written. */
    private static String spaced(String frame) {
        return frame.replaceAll("(?<!\\\\)\":", "\": ").replaceAll(",\"", ", \"");
    }

    static Stream<String> usual() {
        return USUAL.stream();
    }

    @ParameterizedTest
    @MethodSource("usual")
    void usualFrameNeverBecomesOne(String frame) {
        byte[] stream = (": hello\n" + frame + frame + TEXT + frame).getBytes(UTF_8);
        assertThat(TwoWays.framesOf(stream)).isZero();
        sameByBothWays(stream, LIMITS);
        assertThat(TwoWays.direct(stream, LIMITS).events()).hasSize(4);
    }

    @Test
    void nearlyAllOfALongReadGoesTheShortWay() {
        byte[] stream = String.join("", USUAL).repeat(30).getBytes(UTF_8);
        // The first line may hold a byte order mark, so it is looked at byte by byte.
        assertThat(TwoWays.framesOf(stream)).isLessThanOrEqualTo(1);
        sameByBothWays(stream, LIMITS);
    }

    @Test
    void unusualFrameIsWhatTheGeneralWayMakesOfIt() {
        for (String frame : UNUSUAL) {
            for (String stream : List.of(frame, spaced(frame), TEXT + frame + INPUT, frame + frame + TEXT)) {
                byte[] bytes = stream.getBytes(UTF_8);
                sameByBothWays(bytes, LIMITS);
                sameByBothWays(bytes, LIMITS, bytes.length / 3, bytes.length / 2);
            }
            byte[] bytes = (frame + TEXT).getBytes(UTF_8);
            sameByBothWays(bytes, LIMITS, IntStream.range(1, bytes.length).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9",
                "\u00ff\u00fe",
                "\u00c3",
                "\u00e2\u0082",
                "\u00f0\u009f\u0098",
                "\u00f0\u009f",
                "\u00c0\u008a",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00e0\u0080\u0080",
                "\u0080",
                "\u00e2\u0082\u00ac\u0082"
            })
    void malformedUtf8IsReplacedAsEver(String malformed) {
        for (String text :
                List.of(malformed, "a" + malformed, malformed + "b", malformed + "\\n", "\\\"" + malformed)) {
            byte[] stream = (INPUT + TEXT.replace("Hello", text) + TEXT).getBytes(ISO_8859_1);
            sameByBothWays(stream, LIMITS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordedStreamIsTheSameAtAnyCut(Transcripts transcript) {
        byte[] stream = transcript.sse().getBytes(UTF_8);
        Outcome whole = TwoWays.general(stream, LIMITS);
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            int cut = random.nextInt(stream.length);
            assertThat(TwoWays.direct(stream, LIMITS, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void usualFramesAreTheSameAtEveryCut() {
        byte[] stream = (TEXT + INPUT + USUAL.get(2) + "event: ping\ndata: {\"type\": \"ping\"}\n\n" + USUAL.get(4))
                .getBytes(UTF_8);
        Outcome whole = TwoWays.general(stream, LIMITS);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(TwoWays.direct(stream, LIMITS, cut)).as("cut at %d", cut).isEqualTo(whole);
            assertThat(TwoWays.direct(stream, LIMITS, cut, Math.min(cut + 2, stream.length)))
                    .as("cut at %d twice", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void limitsHoldToTheByte() {
        byte[] stream = (TEXT + TEXT.replace("Hello", "Hello, World") + TEXT).getBytes(UTF_8);
        for (int limit = 1; limit < 200; limit++) {
            sameByBothWays(stream, new SseLimits(limit, 1_000));
            sameByBothWays(stream, new SseLimits(1_000, limit));
        }
        assertThat(TwoWays.direct(stream, new SseLimits(1_000, 85)).error()).isEqualTo("event");
    }

    @Test
    void frameWithAnyChangeIsWhatTheGeneralWayMakesOfIt() {
        long seed = Long.getLong("claudeflux.json.seed", 8);
        Random random = new Random(seed);
        int direct = 0;
        int mutations = Integer.getInteger("claudeflux.json.mutations", 20_000);
        for (int round = 0; round < mutations; round++) {
            byte[] stream = mutated(USUAL.get(random.nextInt(USUAL.size())).getBytes(UTF_8), random);
            int[] cuts = random.nextInt(4) == 0 ? new int[] {random.nextInt(stream.length)} : new int[0];
            Outcome expected = TwoWays.general(stream, LIMITS, cuts);
            Outcome actual = TwoWays.direct(stream, LIMITS, cuts);
            if (!actual.equals(expected)) {
                assertThat(actual)
                        .as("round %d of seed %d: %s", round, seed, new String(stream, ISO_8859_1))
                        .isEqualTo(expected);
            }
            direct += actual.events().isEmpty() ? 0 : 1;
        }
        assertThat(direct).isBetween(mutations / 10, mutations * 9 / 10);
    }

    private static final String ODD = "\n\r\"\\ {}:,u0e9\u0000\u001f\u007f\u0080\u00a0\u00c3\u00e2\u00ed\u00f0\u00ff";

    /** Up to three bytes changed, taken out, put in, or copied from elsewhere. */
    private static byte[] mutated(byte[] frame, Random random) {
        byte[] bytes = frame.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            byte odd = (byte) (random.nextInt(3) > 0 ? ODD.charAt(random.nextInt(ODD.length())) : random.nextInt(256));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = odd;
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = spliced(bytes, at, at + 1, new byte[0]);
                default -> bytes = spliced(bytes, at, at, new byte[] {odd});
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] result = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(between, 0, result, from, between.length);
        System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
        return result;
    }

    private static void sameByBothWays(byte[] stream, SseLimits limits, int... cuts) {
        Outcome expected = TwoWays.general(stream, limits, cuts);
        Outcome actual = TwoWays.direct(stream, limits, cuts);
        if (!actual.equals(expected)) {
            assertThat(actual).as(new String(stream, UTF_8)).isEqualTo(expected);
        }
    }

    /** The string with its bytes, the delta and the event are 112 bytes; the general way takes a thousand. */
    @Test
    void textDeltaCostsLittleMoreThanItselfInMemory() {
        int events = 2_000;
        byte[] stream =
                TEXT.replace("Hello", " twenty characters..").repeat(events).getBytes(UTF_8);
        ByteBuf chunk =
                new UnpooledByteBufAllocator(true, true).buffer(stream.length).writeBytes(stream);
        Last last = new Last();
        SseDecoder decoder = new SseDecoder(LIMITS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 4; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            decoder.feed(chunk.readerIndex(0), last);
            allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        chunk.release();
        assertThat(allocated / events).isLessThan(250);
        assertThat(last.event).isNotNull();
    }

    /** Keeps no more than the event that came last. */
    private static final class Last implements FrameSink {
        private final EventReader reader = new EventReader(ResponseMetadata.none());
        private StreamEvent event = new io.claudeflux.stream.Ping();

        @Override
        public void accept(SseFrame frame) {}

        @Override
        public int take(byte[] bytes, int from, int end) {
            StreamEvent read = reader.read(bytes, from, end);
            if (read == null) {
                return from;
            }
            event = read;
            return reader.behind();
        }
    }
}
