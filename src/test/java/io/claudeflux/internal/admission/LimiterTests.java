package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.HookProbe;
import io.claudeflux.limit.RateLimiter;
import io.claudeflux.message.Priority;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A limiter between the queue and the permits: when it is asked, and what becomes of its leases. */
class LimiterTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final ManualLimiter limiter = new ManualLimiter();
    private final Permits permits = new Permits(new AdmissionRules(2, 2, 10, true, limiter), timer);
    private final List<Pass> passes = new ArrayList<>();
    private HookProbe hooks;

    @BeforeEach
    void watchHooks() {
        hooks = HookProbe.install();
    }

    @AfterEach
    void nothingIsDroppedOrKept() {
        hooks.close();
        hooks.assertNothingDropped();
        assertThat(permits.inFlight()).isZero();
        assertThat(permits.queued()).isZero();
        assertThat(limiter.settled()).as("each lease settled once").hasSize(limiter.given());
    }

    @Test
    void workWaitsForItsLeaseAndSettlesItAtTheEnd() {
        TestPublisher<String> work = TestPublisher.create();
        Caller caller = call("m", work.flux());
        assertThat(permits.inFlight()).isZero();
        assertThat(permits.queued()).isOne();

        limiter.give();
        assertThat(permits.inFlight()).isOne();
        passes.get(0).answered(ResponseMetadata.none(), () -> new UsageReport(Usage.of(7, 8), true));
        work.complete();

        assertThat(caller.signals()).containsExactly("complete");
        assertThat(limiter.settled()).containsExactly(new UsageReport(Usage.of(7, 8), true));
    }

    @Test
    void itIsAskedForOneOfAModelAtATime() {
        Caller first = call("m", Flux.just("a"));
        Caller second = call("m", Flux.just("b"));
        Caller other = call("n", Flux.just("c"));
        assertThat(limiter.asked()).containsExactly("m", "n");

        limiter.give();
        assertThat(first.signals()).contains("complete");
        assertThat(limiter.asked()).containsExactly("m", "n", "m");
        limiter.give();
        limiter.give();
        assertThat(second.signals()).contains("complete");
        assertThat(other.signals()).contains("complete");
    }

    @Test
    void itIsNotAskedWhileNoPermitIsFree() {
        TestPublisher<String> work = TestPublisher.create();
        call("m", work.flux());
        limiter.give();
        call("m", work.flux());
        limiter.give();

        Caller third = call("m", Flux.just("a"));
        assertThat(limiter.asked()).hasSize(2);

        work.complete();
        assertThat(limiter.asked()).hasSize(3);
        limiter.give();
        assertThat(third.signals()).contains("complete");
    }

    @Test
    void whoeverItLetsGoTakesTheNextPermitAheadOfRetries() {
        TestPublisher<String> work = TestPublisher.create();
        call("m", work.flux());
        limiter.give();
        List<String> order = new ArrayList<>();
        call("m", Flux.just("leased").doOnSubscribe(s -> order.add("leased")));
        call("n", work.flux());
        limiter.giveLast();
        Caller retry =
                Caller.of(permits.hold(Flux.just("retry").doOnSubscribe(s -> order.add("retry")), turn("o", true)));
        limiter.give();
        assertThat(order).as("no permit is free").isEmpty();

        work.complete();
        limiter.give();

        assertThat(order).containsExactly("leased", "retry");
        assertThat(retry.signals()).contains("complete");
    }

    @Test
    void aCancelWhileItIsAskedLetsTheNextOneAsk() {
        Caller first = call("m", Flux.just("a"));
        Caller second = call("m", Flux.just("b"));

        first.cancel();

        assertThat(limiter.cancelled()).isOne();
        assertThat(limiter.asked()).hasSize(2);
        limiter.give();
        assertThat(first.signals()).isEmpty();
        assertThat(second.signals()).contains("complete");
    }

    @Test
    void aLeaseThatComesTooLateIsGivenBack() {
        limiter.ignoreCancel();
        call("m", Flux.just("a")).cancel();

        limiter.give();

        assertThat(limiter.settled()).containsExactly(new UsageReport(Usage.of(0, 0), false));
    }

    @Test
    void aLeaseThatFindsNoPermitIsGivenBackOnCancel() {
        TestPublisher<String> work = TestPublisher.create();
        call("m", work.flux());
        limiter.give();
        Caller waiting = call("m", Flux.just("a"));
        call("n", work.flux());
        limiter.giveLast();
        limiter.give();
        assertThat(permits.queued()).isOne();

        waiting.cancel();

        assertThat(limiter.settled()).hasSize(1);
        work.complete();
    }

    @Test
    void theQueueClockRunsWhileItIsAsked() {
        Caller caller = call("m", Flux.just("a"));

        timer.advanceTimeBy(LIMIT);

        assertThat(caller.signals()).containsExactly("QUEUE_TIMEOUT");
        assertThat(limiter.cancelled()).isOne();
    }

    @Test
    void theRefusalSaysWhatWasWaitedFor() {
        List<String> messages = new ArrayList<>();
        permits.hold(Flux.just("a"), turn("m", false))
                .subscribe(a -> {}, e -> messages.add(String.valueOf(e.getMessage())));

        timer.advanceTimeBy(LIMIT);

        assertThat(messages).singleElement().asString().contains("30000 ms", "the rate limits leave no room");
    }

    @Test
    void ifItFailsTheCallFailsAndTheNextOneAsks() {
        Caller first = call("m", Flux.just("a"));
        Caller second = call("m", Flux.just("b"));

        limiter.fail(new IllegalStateException("broken"));

        assertThat(first.signals()).containsExactly("LIMITER");
        limiter.give();
        assertThat(second.signals()).contains("complete");
    }

    @Test
    void ifItLetsNobodyGoTheCallFails() {
        Permits none = new Permits(new AdmissionRules(2, 2, 10, true, estimate -> Mono.empty()), timer);

        assertThat(Caller.of(none.hold(Flux.just("a"), turn("m", false))).signals())
                .containsExactly("LIMITER");
        assertThat(none.queued()).isZero();
    }

    @Test
    void ifItThrowsTheCallFails() {
        Permits broken = new Permits(
                new AdmissionRules(2, 2, 10, true, estimate -> {
                    throw new IllegalStateException("broken");
                }),
                timer);

        assertThat(Caller.of(broken.hold(Flux.just("a"), turn("m", false))).signals())
                .containsExactly("LIMITER");
        assertThat(broken.queued()).isZero();
    }

    @Test
    void aLeaseThatThrowsCostsNoPermit() {
        Permits broken = new Permits(
                new AdmissionRules(
                        1,
                        1,
                        10,
                        true,
                        estimate -> Mono.just(usage -> {
                            throw new IllegalStateException("broken");
                        })),
                timer);

        assertThat(Caller.of(broken.hold(Flux.just("a"), turn("m", false))).signals())
                .containsExactly("a", "complete");
        assertThat(broken.inFlight()).isZero();
    }

    @Test
    void closingRefusesWhoIsAskedForToo() {
        Caller asking = call("m", Flux.just("a"));
        Caller waiting = call("m", Flux.just("b"));

        permits.close();

        assertThat(asking.signals()).containsExactly("CLOSED");
        assertThat(waiting.signals()).containsExactly("CLOSED");
        assertThat(limiter.cancelled()).isOne();
    }

    @Test
    void everyEndingSettlesOnce() {
        call("m", Flux.just("a"));
        limiter.give();
        call("m", Flux.error(new IllegalStateException("failed")));
        limiter.give();
        Caller cancelled = call("m", Flux.never());
        limiter.give();
        cancelled.cancel();
        call("m", Flux.defer(() -> {
            throw new IllegalStateException("thrown");
        }));
        limiter.give();

        assertThat(limiter.settled()).hasSize(4);
    }

    @Test
    void whatWasCancelledOnItsWayMayHaveConsumedItsInput() {
        RateLimiter.Estimate large = new RateLimiter.Estimate("m", false, 5_000, 100);
        Caller caller = Caller.of(permits.hold(
                Flux.never(), new Turn(false, LIMIT, Duration.ZERO, new Party("", Priority.NORMAL, large))));
        limiter.give();

        caller.cancel();

        assertThat(limiter.settled()).containsExactly(new UsageReport(Usage.of(5_000, 0), false));
    }

    @Test
    void synchronousLeasesDoNotDeepenTheStack() {
        Permits eager = new Permits(new AdmissionRules(1, 1, 100_000, true, estimate -> Mono.just(usage -> {})), timer);
        TestPublisher<String> first = TestPublisher.create();
        Caller.of(eager.hold(first.flux(), turn("m", false)));
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            callers.add(Caller.of(eager.hold(Flux.just("a"), turn("m", false))));
        }

        first.complete();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.signals()).containsExactly("a", "complete"));
    }

    private Caller call(String model, Flux<String> work) {
        return Caller.of(permits.hold(
                pass -> {
                    passes.add(pass);
                    return work;
                },
                turn(model, false)));
    }

    private static Turn turn(String model, boolean isRetry) {
        RateLimiter.Estimate estimate = new RateLimiter.Estimate(model, false, 0, 0);
        return new Turn(isRetry, LIMIT, Duration.ZERO, new Party("", Priority.NORMAL, estimate));
    }
}
