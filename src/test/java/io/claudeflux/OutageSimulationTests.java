package io.claudeflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ApiError;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ApiFailure;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.internal.admission.AdmissionRules;
import io.claudeflux.internal.admission.Party;
import io.claudeflux.internal.admission.Permits;
import io.claudeflux.internal.admission.Turn;
import io.claudeflux.internal.retry.Decision;
import io.claudeflux.internal.retry.RetryBudget;
import io.claudeflux.internal.retry.RetryPlan;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Priority;
import io.claudeflux.message.ResponseMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/**
 * Admission and retries together through a bad time of the server, in virtual time: calls come at 50 a second whatever
 * happens, each answer takes one to three seconds.
 */
class OutageSimulationTests {
    private static final int CALLS_A_SECOND = 50;
    private static final RetryPolicy POLICY = RetryPolicy.defaults();

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RetryBudget budget = new RetryBudget(POLICY.budget());
    private final int[] requestsInSecond = new int[600];
    private @Nullable ClaudeException fault;
    private int calls;
    private int requests;
    private int completed;
    private int failed;

    @Test
    void aMinuteOfOverloadIsNotMadeWorseAndLeavesNoTrace() {
        Permits permits = permits(200, 100);
        pass(permits, 30);
        int failedBefore = failed;
        int requestsBefore = requests;
        int callsBefore = calls;

        fault = answer(529, null);
        pass(permits, 60);
        double amplification = (double) (requests - requestsBefore) / (calls - callsBefore);
        int least = permits.state().limit();
        fault = null;
        pass(permits, 10);
        int failedAfterwards = failed;
        pass(permits, 110);

        System.out.printf(
                "overload: %.3f requests a call, limit down to %d and back to %d%n",
                amplification, least, permits.state().limit());
        assertThat(failedBefore).isZero();
        assertThat(amplification).as("seed %d", seed).isLessThanOrEqualTo(1.05);
        assertThat(least).isEqualTo(100);
        assertThat(failed).as("ten seconds after the end nobody fails any more").isEqualTo(failedAfterwards);
        assertThat(permits.state().inFlight()).isLessThan(3 * CALLS_A_SECOND + 1);
        drain(permits);
    }

    @Test
    void aHintStopsTheTrafficAndItsEndIsNoBurst() {
        Permits permits = permits(1_000, 1_000);
        pass(permits, 30);

        fault = answer(429, Duration.ofSeconds(20));
        pass(permits, 1);
        int refused = requests;
        pass(permits, 19);
        int during = requests - refused;
        fault = null;
        pass(permits, 60);

        int first = requestsInSecond[51] + requestsInSecond[52];
        System.out.printf("hint: %d requests while closed, %d in the two seconds after it%n", during, first);
        assertThat(during).as("seed %d: only those already on their way", seed).isLessThanOrEqualTo(CALLS_A_SECOND);
        assertThat(first).as("of a thousand that wait").isLessThanOrEqualTo(100);
        for (int second = 51; second < 60; second++) {
            assertThat(requestsInSecond[second + 1])
                    .as("second %d", second + 1)
                    .isLessThanOrEqualTo(Math.max(12, 3 * requestsInSecond[second]));
        }
        assertThat(permits.state().waiting()).as("the queue has emptied").isZero();
        drain(permits);
    }

    private Permits permits(int max, int min) {
        return new Permits(new AdmissionRules(min, max, 5_000, true, null), timer);
    }

    private void pass(Permits permits, int seconds) {
        for (int i = 0; i < seconds * CALLS_A_SECOND; i++) {
            calls++;
            call(permits).subscribe(done -> completed++, error -> failed++);
            timer.advanceTimeBy(Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / CALLS_A_SECOND));
        }
    }

    private void drain(Permits permits) {
        timer.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(permits.state().inFlight()).isZero();
        assertThat(permits.state().waiting()).isZero();
        assertThat(completed + failed).isEqualTo(calls);
    }

    private Mono<String> call(Permits permits) {
        RetryPlan plan = new RetryPlan(POLICY, budget, random::nextDouble);
        Party party = new Party("", Priority.NORMAL, new Estimate("claude-sonnet-5-5", false, 100, 100));
        return Flux.defer(() -> permits.<String>hold(
                        pass -> attempt(), new Turn(plan.retries() > 0, Duration.ofSeconds(60), Duration.ZERO, party)))
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> {
                    if (signal.failure() instanceof ClaudeException failure
                            && plan.after(failure, false, null) instanceof Decision.Retry again) {
                        return Mono.delay(again.delay(), timer);
                    }
                    return Mono.error(signal.failure());
                })))
                .single()
                .doOnSuccess(done -> plan.succeeded());
    }

    private Flux<String> attempt() {
        requests++;
        requestsInSecond[(int) timer.now(TimeUnit.SECONDS)]++;
        ClaudeException now = fault;
        return now != null
                ? Mono.delay(Duration.ofMillis(50 + random.nextInt(100)), timer).thenMany(Flux.error(now))
                : Mono.delay(Duration.ofMillis(1_000 + random.nextInt(2_000)), timer)
                        .thenReturn("done")
                        .flux();
    }

    private static ClaudeException answer(int status, @Nullable Duration retryAfter) {
        return ApiException.of(
                new ApiFailure(ApiError.ofText("why"), new ResponseMetadata(status, Map.of()), false),
                FailureContext.attempted(true).withRetryAfter(retryAfter));
    }
}
