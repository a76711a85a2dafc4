package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.AtOnce;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.HookProbe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** Two threads at once, ten thousand times for each pair; whoever comes first, every permit is back afterwards. */
class PermitsRaceIT {
    private static final int ROUNDS = 10_000;
    private static final Turn TURN = Turn.newcomer(Duration.ofSeconds(1));

    private HookProbe hooks;

    @BeforeEach
    void watchHooks() {
        hooks = HookProbe.install();
    }

    @AfterEach
    void nothingIsDropped() {
        hooks.close();
        hooks.assertNothingDropped();
        assertThat(hooks.operatorErrors()).isZero();
    }

    static Stream<Race> races() {
        return Stream.of(
                new Race("cancel, grant", Round::cancelWaiter, Round::completeHolder, List.of()),
                new Race("cancel, timeout", Round::cancelWaiter, Round::fire, List.of("", "QUEUE_TIMEOUT")),
                new Race("cancel, close", Round::cancelWaiter, Round::close, List.of("", "CLOSED")),
                new Race("cancel, complete", Round::cancelHolder, Round::completeHolder, List.of("a")),
                new Race("cancel, error", Round::cancelHolder, Round::failHolder, List.of("a")),
                new Race("cancel, cancel", Round::cancelHolder, Round::cancelHolder, List.of("a")),
                new Race("cancel, bad request", Round::cancelWaiter, round -> round.waiter.request(0), List.of()),
                new Race("grant, bad request", Round::completeHolder, round -> round.waiter.request(0), List.of()),
                new Race("timeout, grant", Round::fire, Round::completeHolder, List.of("a", "QUEUE_TIMEOUT")),
                new Race("close, grant", Round::close, Round::completeHolder, List.of("a", "CLOSED")),
                new Race("close, timeout", Round::close, Round::fire, List.of("CLOSED", "QUEUE_TIMEOUT")),
                new Race("release, enqueue", Round::completeHolder, Round::enqueue, List.of("a")),
                new Race("timeout, enqueue", Round::fire, Round::enqueue, List.of("QUEUE_TIMEOUT")),
                new Race("close, enqueue", Round::close, Round::enqueue, List.of("CLOSED")));
    }

    @ParameterizedTest
    @MethodSource("races")
    void eitherOrderLeavesEveryPermitFree(Race race) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round();
            AtOnce.run(() -> race.left.accept(round), () -> race.right.accept(round));
            round.settle();
            String first = round.waiter.signals().stream().findFirst().orElse("");
            if (!race.outcomes.isEmpty()) {
                assertThat(first).isIn(race.outcomes);
            }
        }
    }

    @Test
    void aPermitThatIsGivenBackWhileAnotherIsAskedForIsNeverIdle() {
        for (int i = 0; i < ROUNDS; i++) {
            Permits permits = new Permits(1, 10, Schedulers.parallel());
            TestPublisher<String> work = TestPublisher.create();
            Caller.of(permits.hold(work.flux(), TURN));
            Queue<Caller> late = new ConcurrentLinkedQueue<>();

            AtOnce.run(work::complete, () -> late.add(Caller.of(permits.hold(Flux.just("a"), TURN))));

            assertThat(late).allSatisfy(caller -> assertThat(caller.signals()).containsExactly("a", "complete"));
            assertThat(permits.inFlight()).isZero();
            assertThat(permits.queued()).isZero();
        }
    }

    /** Everything at once: short work, failing work, retries, cancels and timeouts on four threads. */
    @Test
    void aCrowdLeavesEveryPermitFree() {
        Permits permits = new Permits(3, 50, Schedulers.parallel());
        Flux<Integer> calls = Flux.range(0, 100_000).flatMap(i -> cancelledSoon(call(permits, i), i), 100);

        assertThat(calls.count().block(Duration.ofSeconds(60))).isEqualTo(100_000);

        Await.untilOrFail(
                "every permit", Duration.ofSeconds(5), () -> permits.inFlight() == 0 && permits.queued() == 0);
        assertThat(permits.hold(Flux.just(1), TURN).blockLast(Duration.ofSeconds(5)))
                .isOne();
    }

    /** With a subscriber that takes what comes: operators that cancel give an item at that moment to the hook. */
    private static Mono<Integer> cancelledSoon(Flux<Integer> call, int number) {
        return Mono.create(sink -> {
            Caller caller = Caller.of(call.map(String::valueOf).subscribeOn(Schedulers.parallel()));
            Schedulers.parallel()
                    .schedule(
                            () -> {
                                caller.cancel();
                                sink.success(number);
                            },
                            number % 7,
                            TimeUnit.MILLISECONDS);
        });
    }

    private static Flux<Integer> call(Permits permits, int number) {
        Turn turn = new Turn(number % 5 == 0, Duration.ofMillis(1 + number % 11));
        return permits.hold(
                switch (number % 4) {
                    case 0 -> Flux.just(number);
                    case 1 -> Flux.error(new IllegalStateException("failed on purpose"));
                    case 2 ->
                        Mono.delay(Duration.ofNanos(ThreadLocalRandom.current().nextInt(200_000)))
                                .thenReturn(number)
                                .flux();
                    default -> Flux.range(0, 3).hide();
                },
                turn);
    }

    /** One permit that is held, and one that waits for it. */
    private static final class Round {
        private final Clock timer = new Clock();
        private final Permits permits = new Permits(1, 10, timer);
        private final TestPublisher<String> work = TestPublisher.create();
        private final Caller holder = Caller.of(permits.hold(work.flux(), TURN));
        private final Caller waiter = Caller.of(permits.hold(Flux.just("a"), TURN));
        private final Queue<Caller> late = new ArrayDeque<>();

        void cancelWaiter() {
            waiter.cancel();
        }

        void cancelHolder() {
            holder.cancel();
        }

        void completeHolder() {
            work.complete();
        }

        void failHolder() {
            work.error(new IllegalStateException("failed on purpose"));
        }

        void fire() {
            timer.fireFirst();
        }

        void close() {
            permits.close();
        }

        void enqueue() {
            late.add(Caller.of(permits.hold(Flux.just("a"), TURN)));
        }

        void settle() {
            work.complete();
            assertThat(permits.inFlight()).isZero();
            assertThat(permits.queued()).isZero();
            assertThat(timer.isIdle()).as("no timer is left").isTrue();
            assertThat(holder.signals()).hasSizeLessThanOrEqualTo(1);
            late.forEach(caller -> assertThat(caller.signals()).isNotEmpty());
            String again =
                    Caller.of(permits.hold(Flux.just("a"), TURN)).signals().get(0);
            assertThat(again).isIn("a", "CLOSED");
        }
    }

    /** Fires the first task when a test says so, disposed or not: it may be about to when it is disposed. */
    private static final class Clock implements Scheduler {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final Queue<Disposable> handles = new ConcurrentLinkedQueue<>();

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            Disposable handle = Disposables.single();
            handles.add(handle);
            return handle;
        }

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException("nothing here is due at once");
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException("no worker is needed");
        }

        void fireFirst() {
            tasks.remove().run();
        }

        boolean isIdle() {
            return handles.stream().allMatch(Disposable::isDisposed);
        }
    }

    private record Race(String name, Consumer<Round> left, Consumer<Round> right, List<String> outcomes) {
        @Override
        public String toString() {
            return name;
        }
    }
}
