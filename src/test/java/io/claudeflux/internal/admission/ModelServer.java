package io.claudeflux.internal.admission;

import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.FailureContext;
import io.claudeflux.limit.Quota;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The API as far as its limits go, in virtual time: buckets that hold a minute's worth and refill continuously, latency
 * on the way there and ahead of the head, and output that is counted as it is generated.
 */
final class ModelServer {
    private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Scheduler timer;
    private final Random random;
    private final Map<String, double[]> buckets = new HashMap<>();
    private long filledAt;
    long accepted;
    long refused;
    long acceptedInput;
    long output;
    int peakInOneSecond;
    private long second;
    private int inSecond;

    ModelServer(Quota limits, Random random, Scheduler timer) {
        this.timer = timer;
        this.random = random;
        buckets.put("requests", full((double) limits.requests()));
        buckets.put("input-tokens", full((double) limits.inputTokens()));
        buckets.put("output-tokens", full((double) limits.outputTokens()));
    }

    private static double[] full(double limit) {
        return new double[] {limit, limit};
    }

    /** One attempt that turns out to be of this size. */
    Flux<String> serve(Pass pass, long input, long tokens) {
        return delay(20, 80).flatMapMany(there -> {
            fill();
            countArrival();
            if (level("requests") < 1 || level("input-tokens") < input || level("output-tokens") < 1) {
                refused++;
                return Flux.error(tooMany());
            }
            accepted++;
            acceptedInput += input;
            take("requests", 1);
            take("input-tokens", input);
            return answer(pass, input, tokens);
        });
    }

    private Flux<String> answer(Pass pass, long input, long tokens) {
        AtomicLong produced = new AtomicLong();
        ResponseMetadata head = head(200);
        int pieces = 10;
        return delay(200, 600)
                .doOnNext(here -> pass.answered(
                        head, () -> new UsageReport(Usage.of(input, produced.get()), produced.get() >= tokens)))
                .thenMany(Flux.range(1, pieces)
                        .concatMap(piece -> delay(100, 500).map(now -> {
                            long next = piece == pieces ? tokens - produced.get() : tokens / pieces;
                            produced.addAndGet(next);
                            output += next;
                            fill();
                            take("output-tokens", next);
                            return "piece";
                        })));
    }

    private Mono<Long> delay(int from, int to) {
        return Mono.delay(Duration.ofMillis(from + random.nextInt(to - from)), timer);
    }

    private ApiException tooMany() {
        return ApiException.of(
                new ApiFailure(ApiError.ofText("too many"), head(429), false),
                FailureContext.attempted(true).withRetryAfter(Duration.ofSeconds(1)));
    }

    private ResponseMetadata head(int status) {
        Map<String, List<String>> headers = new HashMap<>();
        buckets.forEach((family, bucket) -> {
            long unit = family.equals("requests") ? 1 : 1_000;
            headers.put("anthropic-ratelimit-" + family + "-limit", List.of(Long.toString((long) bucket[1])));
            headers.put(
                    "anthropic-ratelimit-" + family + "-remaining",
                    List.of(Long.toString(Math.round(Math.max(0, bucket[0]) / unit) * unit)));
        });
        return new ResponseMetadata(status, headers);
    }

    private void countArrival() {
        long now = TimeUnit.NANOSECONDS.toSeconds(timer.now(TimeUnit.NANOSECONDS));
        inSecond = now == second ? inSecond + 1 : 1;
        second = now;
        peakInOneSecond = Math.max(peakInOneSecond, inSecond);
    }

    private void fill() {
        long now = timer.now(TimeUnit.NANOSECONDS);
        double minutes = (now - filledAt) / MINUTE;
        filledAt = now;
        buckets.values().forEach(bucket -> bucket[0] = Math.min(bucket[1], bucket[0] + minutes * bucket[1]));
    }

    private double level(String family) {
        return buckets.getOrDefault(family, new double[2])[0];
    }

    private void take(String family, long amount) {
        buckets.getOrDefault(family, new double[2])[0] -= amount;
    }
}
