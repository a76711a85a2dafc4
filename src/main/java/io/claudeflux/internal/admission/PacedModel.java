package io.claudeflux.internal.admission;

import io.claudeflux.limit.Quota;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.limit.RateLimiter.Lease;
import io.claudeflux.message.RateLimit;
import io.claudeflux.message.RateLimits;
import io.claudeflux.message.UsageReport;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The limits of one model and who waits for them, in order. All state is guarded by the monitor of this object, which
 * is never held while code of others runs.
 */
final class PacedModel {
    /** Starts a second that are allowed at once, and how fast they may grow. */
    private static final double STARTS_A_SECOND = 10;

    private static final double GROWTH = 1.5;

    private final String prefix;
    private final boolean isLearning;
    private final Scheduler timer;
    private final WakeUp wakeUp;
    private final Ramp ramp;
    private final Bucket requests = new Bucket();
    private final Bucket input = new Bucket();
    private final Bucket output = new Bucket();
    private final Expectation expectation = new Expectation();
    private final Queue<LeaseTicket> queue = new ArrayDeque<>();

    /** Leases that were not settled. */
    private int open;

    /** Let out, but not counted by any answer that has come since: on their way to the server. */
    private int requestsOnTheirWay;

    private double inputOnItsWay;

    /**
     * A model of which nothing is used.
     *
     * @param prefix of its families of headers: empty, or {@code fast-}
     * @param quota its limits; null to learn them
     */
    PacedModel(String prefix, @Nullable Quota quota, boolean isLearning, Scheduler timer) {
        this.prefix = prefix;
        this.isLearning = isLearning && quota == null;
        this.timer = timer;
        this.wakeUp = new WakeUp(timer, this::letGo);
        long now = now();
        this.ramp = new Ramp(STARTS_A_SECOND, GROWTH, now);
        if (quota != null) {
            requests.limit(quota.requests(), now);
            input.limit(quota.inputTokens(), now);
            output.limit(quota.outputTokens(), now);
        }
    }

    Mono<Lease> acquire(Estimate estimate) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Lease> actual) {
                actual.onSubscribe(new LeaseTicket(PacedModel.this, estimate, actual));
            }
        };
    }

    void join(LeaseTicket ticket) {
        synchronized (this) {
            // A cancel may have come first, and then found nothing to take out.
            if (ticket.isWaiting()) {
                queue.add(ticket);
            }
        }
        letGo();
    }

    void leave(LeaseTicket ticket) {
        boolean isEmpty;
        synchronized (this) {
            queue.remove(ticket);
            isEmpty = queue.isEmpty();
        }
        if (isEmpty) {
            wakeUp.stop();
        }
        // Also then: somebody may have come meanwhile, whose alarm was just stopped.
        letGo();
    }

    /** Lets out who may go, in order: a large one is not overtaken by small ones. */
    private void letGo() {
        for (LeaseTicket next = next(); next != null; next = next()) {
            next.deliver();
        }
    }

    private @Nullable LeaseTicket next() {
        long wait;
        synchronized (this) {
            LeaseTicket first = queue.peek();
            if (first == null) {
                return null;
            }
            long now = now();
            Reservation size = new Reservation(
                    first.estimate(), expectation.input(first.estimate()), expectation.output(first.estimate()));
            wait = waitAt(size, now);
            if (wait == 0) {
                queue.remove();
                take(size, now);
                first.granted(new PacedLease(this, size));
                return first;
            }
        }
        wakeUp.in(wait);
        return null;
    }

    private long waitAt(Reservation size, long now) {
        return Math.max(
                Math.max(ramp.waitAt(now), requests.waitAt(1, now)),
                Math.max(input.waitAt(size.input(), now), output.waitAt(size.output(), now)));
    }

    private void take(Reservation size, long now) {
        ramp.started(now);
        requests.take(1, now);
        input.take(size.input(), now);
        output.take(size.output(), now);
        open++;
        requestsOnTheirWay++;
        inputOnItsWay += size.input();
    }

    /** An answer to the one of this size has begun, or never will. */
    synchronized void arrived(Reservation size) {
        requestsOnTheirWay--;
        inputOnItsWay -= size.input();
    }

    /** What an answer said about the limits, which does not know of those on their way. */
    synchronized void learn(RateLimits reported) {
        if (isLearning) {
            long now = now();
            learn(requests, reported.family("requests"), requestsOnTheirWay, now);
            Optional<RateLimit> in = reported.family(prefix + "input-tokens");
            Optional<RateLimit> out = reported.family(prefix + "output-tokens");
            // Gateways that know of one limit for both.
            Optional<RateLimit> both = in.isEmpty() && out.isEmpty() ? reported.tokens() : Optional.empty();
            learn(input, in.or(() -> both), inputOnItsWay, now);
            learn(output, out.or(() -> both), 0, now);
        }
    }

    private static void learn(Bucket bucket, Optional<RateLimit> reported, double onTheirWay, long now) {
        reported.ifPresent(family -> {
            Long limit = family.limit();
            Long remaining = family.remaining();
            if (limit != null && limit > 0) {
                if (limit != bucket.perMinute()) {
                    bucket.limit(limit, now);
                }
                if (remaining != null) {
                    bucket.atMost((double) remaining - onTheirWay, now);
                }
            }
        });
    }

    /** One is over, and what it really needed is known, or as good as known. */
    void settle(Reservation size, UsageReport report, boolean wasUsed) {
        synchronized (this) {
            long now = now();
            open--;
            requests.correct(wasUsed ? 0 : 1, now);
            input.correct(size.input() - Expectation.counted(report.usage()), now);
            output.correct(size.output() - (double) report.usage().outputTokens(), now);
            if (report.isExact()) {
                expectation.learn(size.estimate(), report.usage());
            }
        }
        letGo();
    }

    /** Whether one that is made anew would let out no more. */
    synchronized boolean isForgettable() {
        long now = now();
        return open == 0 && queue.isEmpty() && requests.isFull(now) && input.isFull(now) && output.isFull(now);
    }

    synchronized List<BucketState> states() {
        long now = now();
        return List.of(
                new BucketState("requests", requests.perMinute(), requests.level(now)),
                new BucketState("input-tokens", input.perMinute(), input.level(now)),
                new BucketState("output-tokens", output.perMinute(), output.level(now)));
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
