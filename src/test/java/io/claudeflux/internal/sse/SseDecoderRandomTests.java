package io.claudeflux.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random streams in random chunks against {@link SseOracle}.
 *
 * <p>20,000 chunkings by default; {@code -Dclaudeflux.sse.chunkings=1000000} runs more and
 * {@code -Dclaudeflux.sse.seed} repeats a run. A failure prints its seed.
 */
class SseDecoderRandomTests {

    private static final int CHUNKINGS_PER_STREAM = 4;

    private static final String[] PIECES = {
        "data",
        "event",
        "id",
        "retry",
        "data: ",
        "data:",
        "event: ping",
        "id: 7",
        "retry: 15",
        "foo",
        "Data",
        ":",
        ": ",
        " ",
        "\n",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\r\n\r\n",
        "\n\n",
        "0",
        "x",
        "{\"a\":1}",
        "message_stop",
    };

    private static final int[][] BYTES = {
        {0}, {0xEF, 0xBB, 0xBF}, {0xEF, 0xBB}, {0xC3, 0xA9}, {0xE2, 0x82, 0xAC}, {0xF0, 0x9F, 0x98, 0x80},
        {0xFF}, {0xE2, 0x82}, {0x80}, {0xC0, 0x8A}, {0xED, 0xA0, 0x80}, {0xF0, 0x9F},
    };

    @Test
    void randomChunkingsOfRandomStreamsDecodeLikeTheOracle() {
        int chunkings = Integer.getInteger("claudeflux.sse.chunkings", 20_000);
        long seed = Long.getLong("claudeflux.sse.seed", System.nanoTime());
        for (long run = seed; run < seed + chunkings / CHUNKINGS_PER_STREAM; run++) {
            Random random = new Random(run);
            byte[] stream = stream(random);
            Decoded expected = SseOracle.decode(stream);
            for (int i = 0; i < CHUNKINGS_PER_STREAM; i++) {
                int[] cuts = cuts(random, stream.length);
                assertThat(Decoded.decode(stream, cuts))
                        .as("-Dclaudeflux.sse.seed=%d, chunking %d, cuts %s", run, i, cuts)
                        .isEqualTo(expected);
            }
        }
    }

    private static byte[] stream(Random random) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int pieces = random.nextInt(80);
        for (int i = 0; i < pieces; i++) {
            if (random.nextInt(5) == 0) {
                for (int b : BYTES[random.nextInt(BYTES.length)]) {
                    stream.write(b);
                }
            } else {
                PIECES[random.nextInt(PIECES.length)].chars().forEach(stream::write);
            }
        }
        return stream.toByteArray();
    }

    /** Cuts in ascending order; equal neighbours make empty buffers. */
    private static int[] cuts(Random random, int length) {
        int count = random.nextInt(random.nextBoolean() ? 4 : length + 2);
        return IntStream.generate(() -> random.nextInt(length + 1))
                .limit(count)
                .sorted()
                .toArray();
    }
}
