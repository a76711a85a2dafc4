package io.claudeflux.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.IntStream;

/** Lets Jazzer look for a stream and a chunking that the decoder reads otherwise than the oracle does. */
class SseDecoderFuzz {

    @FuzzTest(maxDuration = "60s")
    void decodesLikeTheOracleAtAnyChunking(FuzzedDataProvider input) {
        int[] places = input.consumeInts(input.consumeInt(0, 16));
        byte[] stream = input.consumeRemainingAsBytes();
        int[] cuts = IntStream.of(places)
                .map(place -> Math.floorMod(place, stream.length + 1))
                .sorted()
                .toArray();
        assertThat(Decoded.decode(stream, cuts)).isEqualTo(SseOracle.decode(stream));
    }
}
