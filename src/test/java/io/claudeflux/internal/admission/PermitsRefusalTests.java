package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.fixture.HookProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Who gets no permit, and what it is told. */
class PermitsRefusalTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Permits permits = new Permits(1, 2, timer);
    private final TestPublisher<String> holder = TestPublisher.create();
    private HookProbe hooks;

    @BeforeEach
    void holdTheOnlyPermit() {
        hooks = HookProbe.install();
        Caller.of(permits.hold(holder.flux(), Turn.newcomer(LIMIT)));
    }

    @AfterEach
    void nothingIsDroppedOrKept() {
        holder.complete();
        hooks.close();
        hooks.assertNothingDropped();
        assertThat(permits.inFlight()).isZero();
        assertThat(permits.queued()).isZero();
    }

    @Test
    void theFourthOfOneAndTwoIsRefusedAtOnceWhateverTheDemand() {
        Caller second = newcomer();
        Caller third = newcomer();

        Caller fourth = Caller.of(permits.hold(Flux.just("a"), Turn.newcomer(LIMIT)), 0);

        assertThat(fourth.signals()).containsExactly("QUEUE_FULL");
        assertThat(permits.queued()).isEqualTo(2);
        holder.complete();
        assertThat(second.signals()).containsExactly("a", "complete");
        assertThat(third.signals()).containsExactly("a", "complete");
    }

    @Test
    void aPlaceThatWasGivenUpCanBeTaken() {
        newcomer();
        newcomer().cancel();

        assertThat(newcomer().signals()).isEmpty();
        assertThat(newcomer().signals()).containsExactly("QUEUE_FULL");
    }

    @Test
    void aRetryMayAlwaysWait() {
        newcomer();
        newcomer();

        Caller retry = Caller.of(permits.hold(Flux.just("a"), Turn.retry(LIMIT)));

        assertThat(permits.queued()).isEqualTo(3);
        holder.complete();
        assertThat(retry.signals()).containsExactly("a", "complete");
    }

    @Test
    void withoutAQueueOnlyAFreePermitHelps() {
        Permits unqueued = new Permits(1, 0, timer);
        TestPublisher<String> other = TestPublisher.create();
        Caller.of(unqueued.hold(other.flux(), Turn.newcomer(LIMIT)));

        assertThat(Caller.of(unqueued.hold(Flux.just("a"), Turn.newcomer(LIMIT)))
                        .signals())
                .containsExactly("QUEUE_FULL");
        other.complete();
        assertThat(Caller.of(unqueued.hold(Flux.just("a"), Turn.newcomer(LIMIT)))
                        .signals())
                .containsExactly("a", "complete");
    }

    @Test
    void aWaitBeyondItsLimitIsRefusedWhateverTheDemand() {
        Caller caller = Caller.of(permits.hold(Flux.just("a"), Turn.newcomer(LIMIT)), 0);

        timer.advanceTimeBy(LIMIT.minusMillis(1));
        assertThat(caller.signals()).isEmpty();
        timer.advanceTimeBy(Duration.ofMillis(1));

        assertThat(caller.signals()).containsExactly("QUEUE_TIMEOUT");
        assertThat(permits.queued()).isZero();
    }

    @Test
    void aRefusalSaysWhatToDo() {
        permits.hold(Flux.just("a"), Turn.newcomer(LIMIT))
                .as(StepVerifier::create)
                .then(() -> timer.advanceTimeBy(LIMIT))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(AdmissionException.class, refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_TIMEOUT);
                            assertThat(refusal.attempts()).isZero();
                            assertThat(refusal)
                                    .hasMessageContaining("the queue clock passed its limit of 30000 ms: ")
                                    .hasMessageContaining("slow down, or raise maxConcurrentRequests");
                        }))
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void theClockStopsWhenTheWaitIsOver() {
        TestPublisher<String> slow = TestPublisher.create();
        Caller granted = Caller.of(permits.hold(slow.flux(), Turn.newcomer(LIMIT)));
        newcomer().cancel();
        assertThat(timer.getScheduledTaskCount()).isEqualTo(2);

        holder.complete();
        timer.advanceTimeBy(LIMIT.multipliedBy(2));

        assertThat(granted.signals()).isEmpty();
        slow.complete();
        assertThat(granted.signals()).containsExactly("complete");
    }

    @Test
    void noLimitIsNoTimer() {
        Caller caller = Caller.of(permits.hold(Flux.just("a"), Turn.newcomer(Duration.ZERO)));

        assertThat(timer.getScheduledTaskCount()).isZero();
        caller.cancel();
    }

    @Test
    void aLimitBeyondEveryClockIsALimitAllTheSame() {
        Permits real = new Permits(1, 2, Schedulers.parallel());
        Caller.of(real.hold(holder.flux(), Turn.newcomer(LIMIT)));

        Caller caller = Caller.of(real.hold(Flux.just("a"), Turn.newcomer(Duration.ofSeconds(Long.MAX_VALUE))));

        holder.complete();
        assertThat(caller.signals()).containsExactly("a", "complete");
    }

    @Test
    void closingRefusesWhoWaitsAndWhoComesButNotWhoHolds() {
        List<Caller> waiting = IntStream.range(0, 2).mapToObj(i -> newcomer()).toList();

        permits.close();
        permits.close();

        assertThat(waiting).allSatisfy(caller -> assertThat(caller.signals()).containsExactly("CLOSED"));
        assertThat(newcomer().signals()).containsExactly("CLOSED");
        assertThat(permits.inFlight()).isOne();
        holder.complete();
        assertThat(newcomer().signals()).containsExactly("CLOSED");
    }

    @Test
    void aConsumerThatThrowsKeepsNobodyFromHearingOfTheEnd() {
        Caller.of(permits.hold(Flux.just("a"), Turn.newcomer(LIMIT)), () -> {
            throw new IllegalStateException("broken");
        });
        Caller second = newcomer();

        assertThat(catchThrowable(permits::close)).hasMessage("broken");

        assertThat(second.signals()).containsExactly("CLOSED");
    }

    @Test
    void aTimerThatIsShutDownMeansClosed() {
        Scheduler gone = Schedulers.newSingle("gone");
        gone.dispose();
        Permits late = new Permits(1, 2, gone);
        Caller.of(late.hold(holder.flux(), Turn.newcomer(LIMIT)));

        Caller caller = Caller.of(late.hold(Flux.just("a"), Turn.newcomer(LIMIT)));

        assertThat(caller.signals()).containsExactly("CLOSED");
        assertThat(late.queued()).isZero();
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Permits(0, 1, timer));
        assertThatIllegalArgumentException().isThrownBy(() -> new Permits(1, -1, timer));
        assertThatIllegalArgumentException().isThrownBy(() -> Turn.newcomer(Duration.ofMillis(-1)));
    }

    private Caller newcomer() {
        return Caller.of(permits.hold(Flux.just("a"), Turn.newcomer(LIMIT)));
    }
}
