package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Origin;
import io.claudeflux.error.TransportException;
import io.claudeflux.internal.retry.RetryBudget;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** In which order the end of a call is told, and that closing waits until it was. */
class ObservedTests {
    private final List<String> heard = new ArrayList<>();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Scheduler clock = new Scheduler() {
        @Override
        public Disposable schedule(Runnable task) {
            return time.schedule(task);
        }

        @Override
        public Worker createWorker() {
            return time.createWorker();
        }

        @Override
        public long now(TimeUnit unit) {
            if (isClockBroken) {
                throw new IllegalStateException("no time");
            }
            return time.now(unit);
        }
    };
    private boolean isClockBroken;
    private final Lifecycle lifecycle = new Lifecycle(time);
    private final TestPublisher<String> work = TestPublisher.create();
    private final FrontDesk desk = new FrontDesk(
            lifecycle,
            new RetryBudget(100),
            clock,
            () -> 0.5,
            new CallRecord.Site(URI.create("http://localhost"), "here"));
    private final Consumer consumer = new Consumer();

    private final class Consumer extends BaseSubscriber<String> {
        Runnable onNext = () -> {};

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(String value) {
            heard.add(value);
            onNext.run();
        }

        @Override
        protected void hookOnComplete() {
            heard.add("complete, " + state());
        }

        @Override
        protected void hookOnError(Throwable error) {
            heard.add(error.getMessage() + ", " + state());
        }
    }

    private String state() {
        List<String> drained = new ArrayList<>();
        lifecycle.drain(Duration.ofSeconds(1)).subscribe(none -> {}, error -> {}, () -> drained.add("drained"));
        return drained.isEmpty() ? "under way" : "over";
    }

    private static ClaudeException reset() {
        return new TransportException(
                new TransportException.Fault(TransportException.Kind.CONNECT, Origin.CONNECT),
                "reset",
                null,
                FailureContext.attempted(true));
    }

    private Flux<String> call() {
        CallListener listener = new CallListener() {
            @Override
            public void onTerminal(End end) {
                heard.add(end.outcome() + " of " + end.attempts());
            }
        };
        return desk.admit(
                Errand.of(Errand.Endpoint.MODELS, ""),
                CallOptions.none().withListener(listener).withRetry(RetryPolicy.none()),
                call -> work.flux().doOnCancel(() -> heard.add("cancelled")));
    }

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void aCompletionIsToldAheadOfTheSignalAndTheCallIsOverBehindIt() {
        call().subscribe(consumer);
        work.next("a").complete();
        assertThat(heard).containsExactly("a", "COMPLETED of 0", "complete, under way");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aFailureIsToldAheadOfTheSignalAndTheCallIsOverBehindIt() {
        call().subscribe(consumer);
        work.error(new IllegalStateException("broken"));
        assertThat(heard).containsExactly("FAILED of 0", "broken, under way");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aCancelIsToldAheadOfTheCancelOfTheWork() {
        call().subscribe(consumer);
        consumer.onNext = consumer::cancel;
        work.next("a");
        assertThat(heard).containsExactly("a", "CANCELLED of 0", "cancelled");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void onlyTheFirstEndCounts() {
        call().subscribe(consumer);
        work.complete();
        consumer.cancel();
        call().subscribe(new Consumer());
        assertThat(heard).startsWith("COMPLETED of 0", "complete, under way");
        assertThat(heard.subList(2, heard.size())).noneMatch("CANCELLED of 0"::equals);
    }

    @Test
    void aFailureThatCannotBeCompletedIsNotLost() {
        ClaudeException failure = reset();
        List<Throwable> errors = new ArrayList<>();
        call().doOnError(errors::add).subscribe(consumer);
        isClockBroken = true;
        work.error(failure);
        isClockBroken = false;
        assertThat(heard).containsExactly("no time, under way");
        assertThat(errors.get(0).getSuppressed()[0].getSuppressed()).contains(failure);
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aCompletionThatCannotBeToldIsAFailure() {
        call().subscribe(consumer);
        isClockBroken = true;
        work.complete();
        isClockBroken = false;
        assertThat(heard).containsExactly("no time, under way");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aCallThatIsRefusedIsNotUnderWay() {
        lifecycle.close();
        call().subscribe(consumer);
        assertThat(heard).containsExactly("FAILED of 0", "the client is closed, under way");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void anEndThatCannotEvenBeToldLeavesNothingUnderWay() {
        CallListener listener = new CallListener() {
            @Override
            public void onTerminal(End end) {
                throw new StackOverflowError("deep");
            }
        };
        desk.admit(
                        Errand.of(Errand.Endpoint.MODELS, ""),
                        CallOptions.none().withListener(listener).withRetry(RetryPolicy.none()),
                        call -> work.flux())
                .subscribe(consumer);
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> work.error(reset()));
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aConsumerThatBreaksEndsTheCall() {
        call().subscribe(consumer);
        consumer.onNext = () -> {
            throw new StackOverflowError("deep");
        };
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> work.next("a"));
        assertThat(heard).containsExactly("a", "CANCELLED of 0", "cancelled");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void whatFailsBehindACancelIsNotTriedAgain() {
        CallListener listener = new CallListener() {
            @Override
            public void onRetry(Retry retry) {
                heard.add("retry");
            }

            @Override
            public void onTerminal(End end) {
                heard.add(end.outcome().toString());
            }
        };
        // As when a permit or a lease that is given back meets code that cancels.
        Flux<String> attempt = work.flux().doOnError(error -> consumer.cancel());
        desk.admit(
                        Errand.of(Errand.Endpoint.MODELS, ""),
                        CallOptions.none().withListener(listener),
                        call -> call.retried(attempt, lifecycle))
                .subscribe(consumer);
        work.error(reset());
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(heard).containsExactly("CANCELLED");
        assertThat(state()).isEqualTo("over");
    }

    @Test
    void aSecondAttemptIsOneMoreSubscription() {
        TestPublisher<String> second = TestPublisher.create();
        List<TestPublisher<String>> attempts = new ArrayList<>(List.of(work, second));
        desk.admit(
                        Errand.of(Errand.Endpoint.MODELS, ""),
                        CallOptions.none(),
                        call -> call.retried(Flux.defer(() -> attempts.remove(0).flux()), lifecycle))
                .subscribe(consumer);
        work.error(reset());
        assertThat(attempts).hasSize(1);
        time.advanceTimeBy(Duration.ofMinutes(1));
        second.next("b").complete();
        assertThat(heard).containsExactly("b", "complete, under way");
    }
}
