package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.limit.RateLimiter;
import io.claudeflux.limit.RateLimiter.Lease;
import io.claudeflux.message.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A limiter that does what it should not, on whichever call it is asked: the others go on. */
class BrokenLimiterTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Lease FREE = usage -> {};

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aLeaseThatComesWithinTheCancelLetsTheNextOneAsk() {
        Permits permits = permits(actual -> new Operators.DeferredSubscription() {
            @Override
            public void cancel() {
                actual.onNext(FREE);
            }
        });
        Caller first = call(permits, Flux.just("a"));
        Caller second = call(permits, Flux.just("b"));

        first.cancel();

        assertThat(asked).hasValue(2);
        assertThat(second.signals()).containsExactly("b", "complete");
    }

    @Test
    void aCancelThatThrowsLetsTheNextOneAsk() {
        Permits permits = permits(actual -> new Operators.DeferredSubscription() {
            @Override
            public void cancel() {
                throw new IllegalStateException("broken");
            }
        });
        Caller first = call(permits, Flux.just("a"));
        timer.advanceTimeBy(LIMIT.dividedBy(2));
        Caller second = call(permits, Flux.just("b"));

        timer.advanceTimeBy(LIMIT.dividedBy(2));

        assertThat(first.signals()).containsExactly("QUEUE_TIMEOUT");
        assertThat(second.signals()).containsExactly("b", "complete");
    }

    @Test
    void aClassThatIsMissingFailsTheCallAndLetsTheNextOneAsk() {
        Permits permits = new Permits(
                new AdmissionRules(2, 2, 10, true, estimate -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("io/lettuce/core/RedisClient");
                    }
                    return Mono.just(FREE);
                }),
                timer);
        List<Caller> callers = new ArrayList<>();

        assertThatThrownBy(() -> callers.add(Caller.of(permits.hold(Flux.just("a"), turn()))))
                .isInstanceOf(NoClassDefFoundError.class);

        assertThat(permits.queued()).isZero();
        assertThat(call(permits, Flux.just("b")).signals()).containsExactly("b", "complete");
    }

    @Test
    void workOfTheNextOneThatThrowsDoesNotKeepTheTimeoutFromItsCall() {
        Permits permits = permits(actual -> Operators.emptySubscription());
        Caller first = call(permits, Flux.just("a"));
        timer.advanceTimeBy(LIMIT.dividedBy(2));
        Caller second = Caller.of(permits.hold(
                pass -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                },
                turn()));

        assertThatThrownBy(() -> timer.advanceTimeBy(LIMIT.dividedBy(2))).isInstanceOf(NoClassDefFoundError.class);

        assertThat(first.signals()).containsExactly("QUEUE_TIMEOUT");
        assertThat(second.signals()).containsExactly("com/example/Missing");
        assertThat(permits.inFlight()).isZero();
    }

    /** Nothing but silence for the first, and a lease at once for the others. */
    private Permits permits(Function<CoreSubscriber<? super Lease>, Subscription> first) {
        RateLimiter limiter = estimate -> asked.incrementAndGet() > 1
                ? Mono.just(FREE)
                : new Mono<>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super Lease> actual) {
                        actual.onSubscribe(first.apply(actual));
                    }
                };
        return new Permits(new AdmissionRules(2, 2, 10, true, limiter), timer);
    }

    private static Caller call(Permits permits, Flux<String> work) {
        return Caller.of(permits.hold(work, turn()));
    }

    private static Turn turn() {
        RateLimiter.Estimate estimate = new RateLimiter.Estimate("m", false, 0, 0);
        return new Turn(false, LIMIT, Duration.ZERO, new Party("", Priority.NORMAL, estimate));
    }
}
