package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.NamesProbe;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group F: a cancel in each phase, again and again: it returns at once, and the peer sees it at once. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelPhaseIT {
    private static final int RUNS = 20;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration ON_THE_WAY = Duration.ofMillis(20);

    /** 8 MiB have to be made ready. */
    private static final Duration LONG_ON_THE_WAY = Duration.ofMillis(300);

    private final List<Duration> returns = new ArrayList<>();
    private final List<Duration> closes = new ArrayList<>();

    @BeforeAll
    static void warmUp() {
        for (HangPhase phase : List.of(HangPhase.SILENCE_IN_TEXT, HangPhase.TLS_HANDSHAKE_SILENT)) {
            try (Hang hang = Hang.start(phase, Clock.TOTAL, Hang.FOREVER, false)) {
                hang.recorder().awaitValues(phase.events(), SOON);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isOverAtOnce(HangPhase phase) throws InterruptedException {
        try (HookProbe hooks = HookProbe.install()) {
            for (int run = 0; run < RUNS; run++) {
                try (Hang hang = Hang.start(phase, Clock.TOTAL, Hang.FOREVER, false)) {
                    hang.recorder().awaitValues(phase.events(), SOON);
                    hang.awaitConnection();
                    Await.elapse(phase == HangPhase.UPLOAD_NOT_READ ? LONG_ON_THE_WAY : ON_THE_WAY);
                    Duration cancelled = hang.sinceSubscription();
                    hang.recorder().cancel();
                    returns.add(hang.sinceSubscription().minus(cancelled));
                    Duration closed = hang.awaitClose();
                    if (closed != null) {
                        closes.add(closed.minus(cancelled));
                    }
                    assertThat(hang.recorder().terminals()).isZero();
                }
            }
            hooks.assertNothingDropped();
        }
    }

    @Test
    void isOverAtOnceWhileTheNameIsLookedUp() {
        try (HookProbe hooks = HookProbe.install();
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey(FaultBench.KEY)
                        .baseUrl("http://api.example")
                        .allowPlaintext(true)
                        .httpClient(http -> http.resolver(NamesProbe.silent()))
                        .build()) {
            for (int run = 0; run < RUNS; run++) {
                Recorder<StreamEvent> recorder =
                        Recorder.subscribe(client.messages().stream(FaultBench.request()), Long.MAX_VALUE);
                long began = System.nanoTime();
                recorder.cancel();
                returns.add(Duration.ofNanos(System.nanoTime() - began));
                assertThat(recorder.terminals()).isZero();
            }
            hooks.assertNothingDropped();
        }
    }

    /** Over all phases: cancel returns within 50 ms, the peer sees it within 100 ms. */
    @AfterAll
    void assertQuick() {
        assertThat(p99(returns)).isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(p99(closes)).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(Collections.max(closes)).isLessThanOrEqualTo(Duration.ofMillis(500));
    }

    private static Duration p99(List<Duration> durations) {
        return durations.stream().sorted().toList().get((int) Math.ceil(0.99 * durations.size()) - 1);
    }
}
