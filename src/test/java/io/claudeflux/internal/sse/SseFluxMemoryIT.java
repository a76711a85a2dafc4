package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.decode;
import static io.claudeflux.internal.sse.SseFluxTests.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What streams hold on to while nothing happens. */
class SseFluxMemoryIT {

    private static final long KIB = 1 << 10;

    @Test
    void anIdleStreamHoldsLittle() {
        int streams = 10_000;
        List<BodyProbe> bodies = new ArrayList<>();
        List<Recorder> consumers = new ArrayList<>();
        long before = usedBytes();
        for (int i = 0; i < streams; i++) {
            BodyProbe body = new BodyProbe();
            Recorder consumer = Recorder.of(decode(body, WordHandler::new));
            consumer.request(9);
            body.next("event: ping\n" + words("a", "b"));
            bodies.add(body);
            consumers.add(consumer);
        }
        assertThat((usedBytes() - before) / streams).isLessThan(4 * KIB);
        assertThat(consumers)
                .hasSameSizeAs(bodies)
                .allSatisfy(consumer -> assertThat(consumer.signals()).hasSize(2));
    }

    @Test
    void aBurstOfTinyEventsLeavesNothingBehind() {
        int items = 2_000_000;
        BodyProbe body = new BodyProbe();
        int[] seen = {0};
        decode(body, WordHandler::new).subscribe(item -> seen[0]++);
        long before = usedBytes();
        body.next("data\n\n".repeat(items));
        assertThat(seen[0]).isEqualTo(items);
        // A queue that stays as large as it once was would be 8 MB.
        assertThat(usedBytes() - before).isLessThan(2_000 * KIB);
        body.next(words("end"));
        body.complete();
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
