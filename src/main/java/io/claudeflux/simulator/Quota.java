package io.claudeflux.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Rate limits of one model as the API keeps them: buckets for requests, input and output tokens that refill
 * continuously, a {@link RampLimit}, and the headers that tell about the buckets. A limit that was not set is reported
 * as a generous one that never runs low, and turns nobody away.
 *
 * <p>Safe for use by several threads: the event loops of a simulator share it.
 */
final class Quota {

    private static final String PREFIX = "anthropic-ratelimit-";

    private final Bucket requests;
    private final Bucket input;
    private final Bucket output;
    private final RampLimit ramp;
    private final LongSupplier nanoTime;

    Quota(Limits limits, int rampFloor, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.requests = new Bucket(limits.requests(), 50_000, now);
        this.input = new Bucket(limits.inputTokens(), 10_000_000, now);
        this.output = new Bucket(limits.outputTokens(), 2_000_000, now);
        this.ramp = new RampLimit(rampFloor, now);
    }

    /**
     * Limits per minute; zero for none.
     *
     * @param requests requests
     * @param inputTokens input tokens
     * @param outputTokens output tokens
     */
    record Limits(int requests, int inputTokens, int outputTokens) {

        static final Limits NONE = new Limits(0, 0, 0);

        Limits {
            if (requests < 0 || inputTokens < 0 || outputTokens < 0) {
                throw new IllegalArgumentException(
                        "rate limits must be >= 0 but were " + requests + ", " + inputTokens + " and " + outputTokens);
            }
        }
    }

    /**
     * Why a request has no place yet.
     *
     * @param delay how long it must wait for one
     * @param isRamp whether nothing is used up, but usage grows too fast
     */
    record Refusal(Duration delay, boolean isRamp) {}

    /** Books one request of this size, or says what is in its way. */
    synchronized Optional<Refusal> admit(int inputTokens) {
        long now = nanoTime.getAsLong();
        double refill = Math.max(
                requests.secondsUntil(1, now),
                Math.max(input.secondsUntil(inputTokens, now), output.secondsUntil(1, now)));
        double wait = Math.max(refill, ramp.secondsUntilAllowed(now));
        if (wait > 0) {
            return Optional.of(new Refusal(Duration.ofMillis((long) Math.ceil(wait * 1000 - 1e-6)), refill == 0));
        }
        requests.take(1);
        input.take(inputTokens);
        ramp.take();
        return Optional.empty();
    }

    /** Books what an admitted request produced; the bucket may go below zero, which turns later requests away. */
    void produced(int outputTokens) {
        // Once for every delta of every stream: a lock only where there is something to keep.
        if (output.isEnforced && outputTokens > 0) {
            book(outputTokens);
        }
    }

    private synchronized void book(int outputTokens) {
        output.take(outputTokens);
    }

    synchronized Map<String, String> headers(Instant clock) {
        long now = nanoTime.getAsLong();
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "requests", requests.status(1, now, clock));
        Status inputStatus = input.status(1000, now, clock);
        Status outputStatus = output.status(1000, now, clock);
        put(headers, "tokens", inputStatus.remaining() < outputStatus.remaining() ? inputStatus : outputStatus);
        put(headers, "input-tokens", inputStatus);
        put(headers, "output-tokens", outputStatus);
        return headers;
    }

    private static void put(Map<String, String> headers, String family, Status status) {
        headers.put(PREFIX + family + "-limit", String.valueOf(status.limit()));
        headers.put(PREFIX + family + "-remaining", String.valueOf(status.remaining()));
        headers.put(PREFIX + family + "-reset", status.reset().toString());
    }

    private record Status(long limit, long remaining, Instant reset) {}

    private static final class Bucket {

        private final boolean isEnforced;
        private final int perMinute;
        private double level;
        private long filledAt;

        Bucket(int limit, int reportedWithoutLimit, long now) {
            this.isEnforced = limit > 0;
            this.perMinute = isEnforced ? limit : reportedWithoutLimit;
            this.level = perMinute;
            this.filledAt = now;
        }

        void take(int amount) {
            if (isEnforced) {
                level -= amount;
            }
        }

        /** A request larger than the whole bucket gets through when the bucket is full. */
        double secondsUntil(int amount, long now) {
            refill(now);
            double missing = Math.min(amount, perMinute) - level;
            return Math.max(0, missing * 60 / perMinute);
        }

        Status status(int unit, long now, Instant clock) {
            refill(now);
            long remaining = Math.round(Math.max(0, level) / unit) * unit;
            long secondsToFull = (long) Math.ceil((perMinute - level) * 60 / perMinute);
            return new Status(
                    perMinute,
                    Math.min(perMinute, remaining),
                    clock.plusSeconds(secondsToFull).truncatedTo(ChronoUnit.SECONDS));
        }

        private void refill(long now) {
            level = Math.min(perMinute, level + (now - filledAt) / 60e9 * perMinute);
            filledAt = now;
        }
    }
}
