package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;

import io.claudeflux.CallOptions;
import io.claudeflux.Messages;
import io.claudeflux.config.Timeouts;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An error that meets a cancel is nobody's any more, and nothing to report. */
@Timeout(60)
class DroppedErrorTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script HANGING = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang());

    @Test
    void anErrorOfCreateThatLosesAgainstACancelIsNotReportedAsDropped() {
        Random random = new Random(5);
        try (FaultBench bench = FaultBench.serving(b -> b.maxConcurrentRequests(1), HANGING)) {
            Recorder<StreamEvent> running =
                    bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
            running.awaitValues(3, SOON);
            Messages impatient = bench.client()
                    .messages()
                    .with(CallOptions.none().withTimeouts(Timeouts.defaults().withQueue(Duration.ofMillis(1))));
            for (int i = 0; i < 2_000; i++) {
                Recorder<Message> call = Recorder.subscribe(impatient.create(FaultBench.request()), 1);
                long cancelAt = System.nanoTime() + 1_000_000 + random.nextInt(150_000);
                while (System.nanoTime() < cancelAt) {
                    Thread.onSpinWait();
                }
                call.cancel();
            }
            running.cancel();
        }
    }
}
