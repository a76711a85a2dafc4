package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.internal.json.RequestWriter;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.TextBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A large request costs next to nothing beside what it takes to write it. */
class PreflightCostTests {
    private static final Preflight.Terms TERMS = new Preflight.Terms("2023-06-01", Set.of());

    @Test
    void thirtyMegabytesAreNotLookedInto() {
        String data = "A".repeat(10_000_000);
        MessageRequest large = Case.request("{}").toBuilder()
                .message(MessageParam.user(
                        new ImageBlock(new MediaSource.Inline("image/png", data), null, Json.emptyObject()),
                        new DocumentBlock(new MediaSource.Inline("application/pdf", data)),
                        new TextBlock("word ".repeat(2_000_000))))
                .build();

        assertThat(Preflight.check(large, TERMS)).isEmpty();
        assertThat(ratio(large)).isLessThan(0.1);
    }

    @Test
    void schemasOfToolsAreNotParsedEachTime() {
        Json schema = Json.trusted("{\"type\":\"object\",\"description\":\"" + "x".repeat(100_000) + "\"}");
        MessageRequest many = Case.request("{}").toBuilder()
                .tools(IntStream.range(0, 200)
                        .mapToObj(i -> new CustomTool("tool_" + i, "does", schema))
                        .toList())
                .build();

        assertThat(Preflight.check(many, TERMS)).isEmpty();
        assertThat(ratio(many)).isLessThan(0.3);
    }

    /** The time of preflight by that of writing, the median of each. */
    private static double ratio(MessageRequest request) {
        long check = median(() -> assertThat(Preflight.check(request, TERMS)).isEqualTo(List.of()));
        long write = median(() -> assertThat(RequestWriter.streaming(request)).isNotEmpty());
        return (double) check / write;
    }

    private static long median(Runnable work) {
        long[] times = new long[7];
        for (int i = 0; i < times.length; i++) {
            long before = System.nanoTime();
            work.run();
            times[i] = System.nanoTime() - before;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
