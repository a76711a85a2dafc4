package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.AtOnce;
import io.claudeflux.fixture.HookProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class TotalClockTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<Integer> source = TestPublisher.create();

    private Flux<Integer> timed() {
        return TotalClock.of(source.flux(), LIMIT, time, TimeoutException::new);
    }

    private void ring() {
        time.advanceTimeBy(LIMIT);
    }

    @Test
    void timeIsUpWhateverTheDemandAndTheSourceIsCancelled() {
        StepVerifier.create(timed(), 0)
                .then(() -> time.advanceTimeBy(LIMIT.minusMillis(1)))
                .then(source::assertWasNotCancelled)
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .verifyError(TimeoutException.class);
        source.assertCancelled();
    }

    @Test
    void itemsPassAndAnEndInTimeIsTheEnd() {
        StepVerifier.create(timed())
                .then(() -> source.next(1, 2).complete())
                .expectNext(1, 2)
                .verifyComplete();
        assertThat(time.getScheduledTaskCount()).isLessThanOrEqualTo(1);
        ring();
        StepVerifier.create(TotalClock.of(Flux.error(new IllegalStateException()), LIMIT, time, TimeoutException::new))
                .verifyError(IllegalStateException.class);
    }

    @Test
    void anAnswerThatIsWholeCompletes() {
        StepVerifier.create(TotalClock.of(source.flux(), LIMIT, time, () -> null))
                .then(() -> source.next(1))
                .expectNext(1)
                .then(this::ring)
                .verifyComplete();
        source.assertCancelled();
    }

    @Test
    void theEndFollowsTheItemDuringWhichTimeRanOut() {
        StepVerifier.create(timed().doOnNext(item -> ring()))
                .then(() -> source.next(1))
                .expectNext(1)
                .verifyError(TimeoutException.class);
        source.assertCancelled();
    }

    @Test
    void aSourceThatAnswersDemandFromWithinAnItemLosesNothing() {
        StepVerifier.create(TotalClock.of(Flux.range(0, 1_000), LIMIT, time, TimeoutException::new), 1)
                .expectNext(0)
                .thenRequest(999)
                .expectNextCount(999)
                .verifyComplete();
    }

    @Test
    void aTimerThatTakesNothingMoreTimesNothing() {
        Scheduler gone = Schedulers.newSingle("gone");
        gone.dispose();
        StepVerifier.create(TotalClock.of(Flux.just(1), LIMIT, gone, TimeoutException::new))
                .expectNext(1)
                .verifyComplete();
    }

    /** takeUntilOther, which stood here once, gave such items to the hook. */
    @Test
    void anItemAtTheMomentTimeIsUpIsDeliveredAheadOfTheEndOrNobodys() {
        try (HookProbe hooks = HookProbe.install()) {
            for (int round = 0; round < 10_000; round++) {
                Race race = new Race();
                AtOnce.run(race::ring, race::send);
                race.send();
                assertThat(race.signals).as("round %d", round).isIn(List.of("end"), List.of("item", "end"));
            }
            hooks.assertNothingDropped();
        }
    }

    @Test
    void theEndOfTheSourceAndTheClockGiveOneEnd() {
        for (int round = 0; round < 10_000; round++) {
            Race race = new Race();
            AtOnce.run(race::ring, race.source::onComplete);
            assertThat(race.signals).as("round %d", round).hasSize(1);
        }
    }

    /** A source and a subscriber without any logic of their own. */
    private static final class Race implements CoreSubscriber<Integer> {
        final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        final List<String> signals = new CopyOnWriteArrayList<>();
        CoreSubscriber<? super Integer> source = this;

        Race() {
            Flux<Integer> bare = new Flux<>() {
                @Override
                public void subscribe(CoreSubscriber<? super Integer> actual) {
                    source = actual;
                    actual.onSubscribe(new Subscription() {
                        @Override
                        public void request(long n) {}

                        @Override
                        public void cancel() {}
                    });
                }
            };
            TotalClock.of(bare, LIMIT, time, TimeoutException::new).subscribe((CoreSubscriber<Integer>) this);
        }

        void ring() {
            time.advanceTimeBy(LIMIT);
        }

        void send() {
            source.onNext(1);
        }

        @Override
        public void onSubscribe(Subscription s) {}

        @Override
        public void onNext(Integer item) {
            signals.add("item");
        }

        @Override
        public void onError(Throwable error) {
            signals.add("end");
        }

        @Override
        public void onComplete() {
            signals.add("end");
        }
    }
}
