package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** From the end of the protocol to the end of the body. */
@ExtendWith(DroppedSignals.class)
class SseFluxDrainTests {

    private static final int MAX_BYTES = 1000;

    private final BodyProbe body = new BodyProbe();
    private final TimerProbe timer = new TimerProbe();
    private final Recorder consumer = Recorder.of(decode(Duration.ofSeconds(1)));

    private Flux<String> decode(Duration limit) {
        return SseFlux.decode(
                body, new SseLimits(100, 100), WordHandler::new, new DrainPolicy(limit, MAX_BYTES, timer));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void theEndOfTheBodyCompletes() {
        consumer.request(9);
        body.next(words("a", "end"));
        assertThat(consumer.signals()).containsExactly("a", "end");
        assertThat(timer.delay()).isEqualTo(Duration.ofSeconds(1));
        body.complete();
        assertThat(consumer.signals()).containsExactly("a", "end", "complete");
        assertThat(body.isCancelled()).isFalse();
    }

    @Test
    void aResetBehindTheEndIsSuccess() {
        consumer.request(9);
        body.next(words("a", "end"));
        body.error("reset");
        assertThat(consumer.signals()).containsExactly("a", "end", "complete");
    }

    @Test
    void silenceBehindTheEndIsCutOffByTheTimer() {
        consumer.request(9);
        body.next(words("a", "end"));
        timer.fire();
        assertThat(consumer.signals()).containsExactly("a", "end", "complete");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void theLimitIsTimedOnTheGivenScheduler() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try {
            SseFlux.decode(body, SseLimits.defaults(), WordHandler::new, DrainPolicy.on(time))
                    .as(StepVerifier::create)
                    .then(() -> body.next(words("end")))
                    .expectNext("end")
                    .then(() -> time.advanceTimeBy(Duration.ofMillis(999)))
                    .then(() -> assertThat(body.isCancelled()).isFalse())
                    .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
            assertThat(body.isCancelled()).isTrue();
        } finally {
            time.dispose();
        }
    }

    @Test
    void tooManyBytesBehindTheEndAreCutOff() {
        consumer.request(9);
        body.next(words("end") + "x".repeat(2 * MAX_BYTES));
        body.next("x".repeat(MAX_BYTES / 2));
        body.next("x".repeat(MAX_BYTES / 2));
        assertThat(consumer.signals()).containsExactly("end");
        assertThat(body.isCancelled()).isFalse();
        body.next("x");
        assertThat(consumer.signals()).containsExactly("end", "complete");
        assertThat(body.isCancelled()).isTrue();
        body.next("late");
        body.error("late");
        assertThat(consumer.signals()).containsExactly("end", "complete");
    }

    @Test
    void theRestIsReadWhateverTheDemand() {
        consumer.request(1);
        body.next(words("a", "b", "end"));
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(body.requests()).containsExactly(1L, Long.MAX_VALUE);
        body.complete();
    }

    @Test
    void whatFollowsTheEndIsIgnoredFaultsIncluded() {
        consumer.request(9);
        body.next(words("end", "a", "fail") + "data: " + "x".repeat(200));
        body.next("\n\n" + words("b", "fail") + "data: " + "x".repeat(200));
        body.complete();
        assertThat(consumer.signals()).containsExactly("end", "complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "error", "time", "bytes"})
    void aSlowConsumerGetsEverythingAndIsToldAtOnceThatItWasAll(String exit) {
        consumer.request(1);
        body.next(words("a", "b", "end"));
        switch (exit) {
            case "complete" -> body.complete();
            case "error" -> body.error("reset");
            case "time" -> timer.fire();
            default -> body.next("x".repeat(MAX_BYTES + 1));
        }
        assertThat(timer.isIdle()).isTrue();
        assertThat(consumer.signals()).containsExactly("a");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b", "end", "complete");
    }

    @Test
    void aBodyThatEndsAtOnceNeedsNoTimer() {
        Recorder recorder = Recorder.of(SseFlux.decode(
                body.doOnRequest(n -> {
                    if (n == Long.MAX_VALUE) {
                        body.complete();
                    }
                }),
                SseLimits.defaults(),
                WordHandler::new,
                DrainPolicy.on(timer)));
        recorder.request(9);
        body.next(words("end"));
        assertThat(recorder.signals()).containsExactly("end", "complete");
        assertThat(timer.wasUsed()).isFalse();
    }

    @Test
    void aLimitOfZeroCutsTheRestOffAtOnce() {
        Recorder recorder = Recorder.of(decode(Duration.ZERO));
        recorder.request(9);
        body.next(words("a", "end"));
        assertThat(recorder.signals()).containsExactly("a", "end", "complete");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void aTimerThatIsShutDownCutsTheRestOffAtOnce() {
        timer.dispose();
        consumer.request(9);
        body.next(words("a", "end"));
        assertThat(consumer.signals()).containsExactly("a", "end", "complete");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void aTimerThatFiresLateDoesNothing() {
        consumer.request(9);
        body.next(words("end"));
        body.complete();
        timer.fire();
        assertThat(consumer.signals()).containsExactly("end", "complete");
        assertThat(body.isCancelled()).isFalse();
    }

    @Test
    void cancellingWhileDrainingClosesTheConnection() {
        consumer.request(1);
        body.next(words("a", "end"));
        consumer.cancel();
        assertThat(body.isCancelled()).isTrue();
        body.error("reset");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a");
    }

    @Test
    void aBadRequestWhileDrainingIsStillTheConsumersFault() {
        consumer.request(1);
        body.next(words("a", "end"));
        consumer.request(0);
        assertThat(consumer.signals()).hasSize(2).last().asString().startsWith("error: Spec. Rule 3.9");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void limitsMustNotBeNegative() {
        assertThatThrownBy(() -> new DrainPolicy(Duration.ofMillis(-1), 1, timer))
                .hasMessage("limit must be >= 0 but was PT-0.001S");
        assertThatThrownBy(() -> new DrainPolicy(Duration.ZERO, -1, timer))
                .hasMessage("maxBytes must be >= 0 but was -1");
        assertThat(DrainPolicy.on(Schedulers.parallel()))
                .isEqualTo(new DrainPolicy(Duration.ofSeconds(1), 64 << 10, Schedulers.parallel()));
    }
}
