package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.fixture.HookProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** Who gets a permit, in which order, and how it comes back. */
class PermitsTests {
    private static final Turn NEWCOMER = Turn.newcomer(Duration.ZERO);
    private static final Turn RETRY = Turn.retry(Duration.ZERO);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Permits permits = new Permits(1, 1_000_000, Schedulers.parallel());
    private final TestPublisher<String> holder = TestPublisher.create();
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
    }

    @Test
    void aFreePermitIsTakenAtEachSubscription() {
        Flux<String> work = permits.hold(holder.flux(), NEWCOMER);
        assertThat(permits.inFlight()).isZero();

        Caller caller = Caller.of(work);

        assertThat(permits.inFlight()).isOne();
        assertThat(permits.state().max()).isOne();
        holder.next("a").complete();
        assertThat(caller.signals()).containsExactly("a", "complete");
    }

    @Test
    void twentyWaitersStartInTheOrderTheyCame() {
        List<Integer> started = new ArrayList<>();
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        List<Caller> callers = IntStream.range(0, 20)
                .mapToObj(i -> Caller.of(permits.hold(noting(started, i), NEWCOMER)))
                .toList();
        assertThat(permits.queued()).isEqualTo(20);

        holder.complete();

        assertThat(started).isEqualTo(IntStream.range(0, 20).boxed().toList());
        assertThat(callers).allSatisfy(caller -> assertThat(caller.signals()).containsExactly("a", "complete"));
    }

    @Test
    void retriesGoAheadOfNewcomersAndKeepTheirOrder() {
        List<Integer> started = new ArrayList<>();
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Caller.of(permits.hold(noting(started, 3), NEWCOMER));
        Caller.of(permits.hold(noting(started, 1), RETRY));
        Caller.of(permits.hold(noting(started, 4), NEWCOMER));
        Caller.of(permits.hold(noting(started, 2), RETRY));

        holder.complete();

        assertThat(started).containsExactly(1, 2, 3, 4);
    }

    @Test
    void noMoreThanMaxRunAtATime() {
        Permits four = new Permits(4, 1_000, Schedulers.parallel());
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Flux<Long> work = four.hold(
                Mono.delay(Duration.ofMillis(2))
                        .doOnSubscribe(s -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                        .doOnTerminate(running::decrementAndGet)
                        .flux(),
                NEWCOMER);

        Flux.range(0, 50)
                .flatMap(i -> work, 50)
                .as(StepVerifier::create)
                .expectNextCount(50)
                .expectComplete()
                .verify(LIMIT);

        assertThat(most).hasValue(4);
        assertThat(four.inFlight()).isZero();
    }

    @Test
    void thePermitIsBackBeforeTheEndIsSignalled() {
        List<Integer> seen = new ArrayList<>();
        Caller.of(permits.hold(Flux.just("a"), NEWCOMER), () -> seen.add(permits.inFlight()));
        Caller.of(
                permits.hold(Flux.error(new IllegalStateException("x")), NEWCOMER), () -> seen.add(permits.inFlight()));

        assertThat(seen).containsExactly(0, 0);
    }

    @Test
    void aRetryDoesNotWaitForItself() {
        AtomicInteger attempts = new AtomicInteger();
        Flux<String> work = Flux.defer(() ->
                attempts.incrementAndGet() < 1_000 ? Flux.error(new IllegalStateException("again")) : Flux.just("a"));

        Flux.defer(() -> permits.hold(work, RETRY))
                .retry()
                .as(StepVerifier::create)
                .expectNext("a")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void thePermitIsBackAfterTheWorkWasCancelled() {
        List<Integer> seen = new ArrayList<>();
        Caller caller =
                Caller.of(permits.hold(Flux.<String>never().doOnCancel(() -> seen.add(permits.inFlight())), NEWCOMER));

        caller.cancel();
        caller.cancel();

        assertThat(seen).containsExactly(1);
        assertThat(caller.signals()).isEmpty();
    }

    @Test
    void thePermitIsBackEvenIfTheCancelThrows() {
        Caller caller = Caller.of(permits.hold(
                raw(actual -> actual.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {
                        throw new IllegalStateException("cannot");
                    }
                })),
                NEWCOMER));

        assertThatThrownBy(caller::cancel).hasMessage("cannot");
    }

    @Test
    void workThatThrowsInsteadOfSubscribingFails() {
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Caller waiting = Caller.of(permits.hold(
                raw(actual -> {
                    throw new IllegalStateException("no");
                }),
                NEWCOMER));
        Caller behind = Caller.of(permits.hold(Flux.just("a"), NEWCOMER));

        holder.complete();

        assertThat(waiting.signals()).containsExactly("no");
        assertThat(behind.signals()).containsExactly("a", "complete");
    }

    @Test
    void aFatalErrorReachesTheThreadButNeitherHoldsAPermitNorStopsTheLine() {
        Caller holding = Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Caller fatal = Caller.of(permits.hold(
                raw(actual -> {
                    throw new LinkageError("missing");
                }),
                NEWCOMER));
        Caller behind = Caller.of(permits.hold(Flux.just("a"), NEWCOMER));

        assertThatThrownBy(holder::complete).isInstanceOf(LinkageError.class);

        assertThat(holding.signals()).containsExactly("complete");
        assertThat(fatal.signals()).containsExactly("missing");
        assertThat(behind.signals()).containsExactly("a", "complete");
    }

    @Test
    void signalsBehindTheEndReleaseNothing() {
        TestPublisher<String> rude = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        Caller caller = Caller.of(permits.hold(rude.flux(), NEWCOMER));

        rude.complete();
        rude.error(new IllegalStateException("late"));
        rude.complete();
        caller.cancel();

        assertThat(caller.signals()).containsExactly("complete");
    }

    @Test
    void demandIsKeptWhileWaiting() {
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Caller caller = Caller.of(permits.hold(Flux.just("a", "b", "c", "d"), NEWCOMER), 1);
        caller.request(1);

        holder.complete();
        assertThat(caller.signals()).containsExactly("a", "b");

        caller.request(1);
        assertThat(caller.signals()).containsExactly("a", "b", "c");
        caller.request(1);
        assertThat(caller.signals()).containsExactly("a", "b", "c", "d", "complete");
    }

    @Test
    void aBadRequestEndsTheWait() {
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Caller caller = Caller.of(permits.hold(Flux.just("a"), NEWCOMER), 0);

        caller.request(-1);

        assertThat(caller.signals()).singleElement().asString().contains("3.9");
        assertThat(permits.queued()).isZero();
        holder.complete();
    }

    @Test
    void theContextReachesTheWork() {
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Flux<String> work = Flux.deferContextual(context -> Flux.just(context.<String>get("key")));

        permits.hold(work, NEWCOMER)
                .contextWrite(Context.of("key", "value"))
                .as(StepVerifier::create)
                .then(holder::complete)
                .expectNext("value")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aWaiterThatIsCancelledLeavesAtOnceAndNeverStarts() {
        List<Integer> started = new ArrayList<>();
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        List<Caller> callers = IntStream.range(0, 5)
                .mapToObj(i -> Caller.of(permits.hold(noting(started, i), NEWCOMER)))
                .toList();

        callers.get(2).cancel();
        callers.get(0).cancel();
        callers.get(4).cancel();
        callers.get(4).cancel();
        assertThat(permits.queued()).isEqualTo(2);

        holder.complete();
        assertThat(started).containsExactly(1, 3);
    }

    @Test
    void aCallThatIsCancelledAsItBeginsAsksForNothing() {
        List<Integer> started = new ArrayList<>();
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        cancelAtOnce(permits.hold(noting(started, 2), NEWCOMER));
        assertThat(permits.queued()).isZero();
        holder.complete();
        cancelAtOnce(permits.hold(noting(started, 3), NEWCOMER));
        assertThat(started).isEmpty();
    }

    private static void cancelAtOnce(Flux<String> work) {
        work.subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription s) {
                cancel();
            }
        });
    }

    @Test
    void aHundredThousandWaitersWhoseWorkFailsAtOnceDoNotDeepenTheStack() {
        int count = 100_000;
        AtomicInteger failed = new AtomicInteger();
        Caller.of(permits.hold(holder.flux(), NEWCOMER));
        Flux<String> work = permits.hold(Flux.error(new IllegalStateException("no")), NEWCOMER);
        for (int i = 0; i < count; i++) {
            Caller.of(work, failed::incrementAndGet);
        }
        assertThat(permits.queued()).isEqualTo(count);

        holder.complete();

        assertThat(failed).hasValue(count);
    }

    @Test
    void aSlowConsumerOnOneThreadHoldsUpNobodyOnAnother() throws InterruptedException {
        Permits two = new Permits(2, 10, Schedulers.parallel());
        TestPublisher<String> other = TestPublisher.create();
        CountDownLatch isSlow = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Caller.of(two.hold(holder.flux(), NEWCOMER));
        Caller.of(two.hold(other.flux(), NEWCOMER));
        Caller slow = Caller.of(two.hold(Flux.just("a"), NEWCOMER), () -> {
            isSlow.countDown();
            await(mayGoOn);
        });
        Caller quick = Caller.of(two.hold(Flux.just("b"), NEWCOMER));
        Thread thread = new Thread(holder::complete);
        thread.start();
        assertThat(isSlow.await(10, TimeUnit.SECONDS)).isTrue();

        other.complete();

        assertThat(quick.signals()).containsExactly("b", "complete");
        mayGoOn.countDown();
        thread.join(10_000);
        assertThat(slow.signals()).containsExactly("a", "complete");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Flux<String> noting(List<Integer> started, int number) {
        return Flux.defer(() -> {
            started.add(number);
            return Flux.just("a");
        });
    }

    private interface Subscribing {
        void to(CoreSubscriber<? super String> actual);
    }

    /** A publisher without any of Reactor's safety nets. */
    private static Flux<String> raw(Subscribing subscribing) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super String> actual) {
                subscribing.to(actual);
            }
        };
    }
}
