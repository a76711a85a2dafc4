package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.AtOnce;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.Quota;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.limit.RateLimiter.Lease;
import io.claudeflux.message.Priority;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A lease that meets something else, ten thousand times for each pair: it is settled once, and no permit is lost. */
class LimiterRaceIT {
    private static final int ROUNDS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Estimate ESTIMATE = new Estimate("m", false, 100, 100);
    private static final Turn TURN = new Turn(false, LIMIT, Duration.ZERO, new Party("", Priority.NORMAL, ESTIMATE));

    private HookProbe hooks;

    @BeforeEach
    void watchHooks() {
        hooks = HookProbe.install();
    }

    @AfterEach
    void nothingIsDropped() {
        hooks.close();
        hooks.assertNothingDropped();
    }

    static Stream<Race> races() {
        return Stream.of(
                new Race("lease, cancel", Round::lease, Round::cancel),
                new Race("lease, timeout", Round::lease, Round::timeOut),
                new Race("lease, close", Round::lease, Round::close),
                new Race("lease, release", Round::lease, Round::release),
                new Race("cancel, release", Round::cancel, Round::release),
                new Race("timeout, cancel", Round::timeOut, Round::cancel),
                new Race("cancel, close", Round::cancel, Round::close));
    }

    @ParameterizedTest
    @MethodSource("races")
    void eitherOrderSettlesEachLeaseOnceAndLosesNoPermit(Race race) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round();
            AtOnce.run(() -> race.left.accept(round), () -> race.right.accept(round));
            round.settle();
        }
    }

    /** Two wait at a pacer for the same bucket; one leaves as the other's lease comes back. */
    @Test
    void aTicketThatIsCancelledAsItIsServedPassesItsLeaseOn() {
        for (int i = 0; i < ROUNDS; i++) {
            Pacer pacer = new Pacer(Pacing.of(new Quota(0, 600, 0)), VirtualTimeScheduler.create());
            List<Lease> first = new CopyOnWriteArrayList<>();
            pacer.acquire(ESTIMATE).subscribe(first::add);
            LeaseProbe second = new LeaseProbe();
            LeaseProbe third = new LeaseProbe();
            pacer.acquire(ESTIMATE).subscribe(second);
            pacer.acquire(ESTIMATE).subscribe(third);
            assertThat(second.leases).isEmpty();
            UsageReport nothing = new UsageReport(Usage.of(0, 0), false);

            AtOnce.run(() -> first.get(0).settle(nothing), second::cancel);
            second.leases.forEach(lease -> lease.settle(nothing));
            third.leases.forEach(lease -> lease.settle(nothing));

            assertThat(pacer.buckets("m").get(1).available()).isEqualTo(100);
        }
    }

    /** The only one who waits leaves as another comes, who needs an alarm of its own. */
    @Test
    void whoComesAsTheLastOneLeavesIsStillWoken() {
        for (int i = 0; i < ROUNDS; i++) {
            VirtualTimeScheduler timer = VirtualTimeScheduler.create();
            Pacer pacer = exhausted(timer);
            LeaseProbe leaving = new LeaseProbe();
            pacer.acquire(ESTIMATE).subscribe(leaving);
            LeaseProbe coming = new LeaseProbe();

            AtOnce.run(leaving::cancel, () -> pacer.acquire(ESTIMATE).subscribe(coming));
            timer.advanceTimeBy(Duration.ofMinutes(1));

            assertThat(coming.leases).as("round " + i).hasSize(1);
        }
    }

    @Test
    void whoIsCancelledAsItComesKeepsNobodyBack() {
        for (int i = 0; i < ROUNDS; i++) {
            VirtualTimeScheduler timer = VirtualTimeScheduler.create();
            Pacer pacer = exhausted(timer);
            AtomicReference<@Nullable Subscription> asked = new AtomicReference<>();
            pacer.acquire(ESTIMATE).subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription s) {
                    asked.set(s);
                }
            });
            Subscription ticket = Objects.requireNonNull(asked.get());
            LeaseProbe small = new LeaseProbe();

            AtOnce.run(() -> ticket.request(1), ticket::cancel);
            pacer.acquire(new Estimate("m", false, 1, 100)).subscribe(small);
            timer.advanceTimeBy(Duration.ofSeconds(1));

            assertThat(small.leases).as("round " + i).hasSize(1);
        }
    }

    /** A pacer of which one more may be asked in ten seconds. */
    private static Pacer exhausted(VirtualTimeScheduler timer) {
        Pacer pacer = new Pacer(Pacing.of(new Quota(0, 600, 0)), timer);
        pacer.acquire(ESTIMATE).subscribe(new LeaseProbe());
        return pacer;
    }

    /** Two permits, one of them held; somebody is asked for. */
    private static final class Round {
        private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        private final ManualLimiter limiter = new ManualLimiter();
        private final Permits permits = new Permits(new AdmissionRules(2, 2, 10, true, limiter), timer);
        private final TestPublisher<String> work = TestPublisher.create();
        private final Caller holder;
        private final Caller waiter;

        Round() {
            limiter.ignoreCancel();
            holder = Caller.of(permits.hold(work.flux(), TURN));
            limiter.give();
            waiter = Caller.of(permits.hold(Flux.just("a"), TURN));
        }

        void lease() {
            limiter.give();
        }

        void cancel() {
            waiter.cancel();
        }

        void timeOut() {
            timer.advanceTimeBy(LIMIT);
        }

        void close() {
            permits.close();
        }

        void release() {
            work.complete();
        }

        void settle() {
            work.complete();
            if (limiter.given() < 2) {
                limiter.give();
            }
            assertThat(permits.inFlight()).isZero();
            assertThat(permits.queued()).isZero();
            assertThat(limiter.settled()).hasSize(2);
            assertThat(holder.signals()).containsExactly("complete");
            assertThat(waiter.signals()).hasSizeLessThanOrEqualTo(2);
            WaitCounts counts = permits.state().waits();
            assertThat(counts.granted() + counts.refusedLate())
                    .as("each call is counted once")
                    .isLessThanOrEqualTo(2);
        }
    }

    private record Race(String name, Consumer<Round> left, Consumer<Round> right) {
        @Override
        public String toString() {
            return name;
        }
    }
}
