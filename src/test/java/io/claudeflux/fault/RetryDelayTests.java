package io.claudeflux.fault;

import static io.claudeflux.fault.Expect.attempts;
import static io.claudeflux.fault.Expect.done;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Group E: how long nothing happens between two requests, measured at the server. */
@Timeout(60)
class RetryDelayTests {
    private static final Duration BASE = Duration.ofMillis(60);
    private static final Duration CAP = Duration.ofMillis(150);
    private static final RetryPolicy COMPUTED =
            FaultBench.RETRY.withThrottlingBackoff(BASE, CAP).withTransientBackoff(BASE, CAP);
    /** How late a busy machine may be. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());

    @Test
    @DisplayName("E03 429 with Retry-After 1: the second request comes 1.0 to 1.4 s later")
    void retryAfterIsWaitedFor() {
        assertThat(gapAfter("retry-after: 1")).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1400));
    }

    @Test
    @DisplayName("E04 retry-after-ms 250 goes ahead of Retry-After 5: 250 to 400 ms")
    void millisecondsGoFirst() {
        assertThat(gapAfter("retry-after: 5", "retry-after-ms: 250"))
                .isBetween(Duration.ofMillis(250), Duration.ofMillis(400));
    }

    @Test
    @DisplayName("E05 a decimal Retry-After, 0.2 s")
    void decimalSecondsAreWaitedFor() {
        assertThat(gapAfter("retry-after: 0.2"))
                .isBetween(Duration.ofMillis(200), Duration.ofMillis(220).plus(SLACK));
    }

    @Test
    @DisplayName("E06 an HTTP date one second behind the response's own date")
    void dateIsMeasuredAgainstTheResponsesOwn() {
        assertThat(gapAfter("date: Sun, 06 Nov 1994 08:49:37 GMT", "retry-after: Sun, 06 Nov 1994 08:49:38 GMT"))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1400));
    }

    @Test
    @DisplayName("E07 a wrong retry-after-ms leaves the word to Retry-After")
    void secondsStandInForWrongMilliseconds() {
        assertThat(gapAfter("retry-after-ms: soon", "retry-after: 0.3"))
                .isBetween(Duration.ofMillis(300), Duration.ofMillis(330).plus(SLACK));
    }

    @TestFactory
    Stream<DynamicTest> hintsThatAreNone() {
        return Stream.of(
                        "banana",
                        "",
                        "-5",
                        "Sun, 06 Nov 1994 08:49:37 GMT",
                        "NaN",
                        "Infinity",
                        "1e309",
                        "123456789012345678901234567890",
                        "0")
                .flatMap(hint -> Stream.of("retry-after", "retry-after-ms")
                        .map(header -> DynamicTest.dynamicTest(
                                "E08 " + header + ": " + (hint.isEmpty() ? "empty" : hint) + ", as if absent",
                                () -> assertComputed(header + ": " + hint))));
    }

    /** The computed wait, as the listener heard it and as the server saw it. */
    private static void assertComputed(String headerLine) {
        List<Duration> delays = new CopyOnWriteArrayList<>();
        try (FaultBench bench =
                FaultBench.serving(b -> b.retry(COMPUTED).listener(delaysInto(delays)), throttled(headerLine), GOOD)) {
            Outcome<StreamEvent> outcome = bench.stream();
            done("hi").accept(outcome);
            assertThat(delays)
                    .singleElement()
                    .satisfies(delay -> assertThat(delay).isBetween(BASE, CAP));
            assertThat(gap(bench, 0)).isBetween(delays.get(0), delays.get(0).plus(SLACK));
        }
    }

    @Test
    @DisplayName("E10 two computed waits: each at least the base, at most the cap, at most three times the one before")
    void computedWaitsStayInTheirRange() {
        List<Duration> delays = new CopyOnWriteArrayList<>();
        Script busy = reply(json(500, errorJson("api_error", "oops")));
        try (FaultBench bench =
                FaultBench.serving(b -> b.retry(COMPUTED).listener(delaysInto(delays)), busy, busy, GOOD)) {
            done("hi").accept(bench.stream());
            assertThat(delays).hasSize(2).allSatisfy(delay -> assertThat(delay).isBetween(BASE, CAP));
            assertThat(delays.get(1)).isLessThanOrEqualTo(delays.get(0).multipliedBy(3));
            assertThat(gap(bench, 0)).isGreaterThanOrEqualTo(delays.get(0));
            assertThat(gap(bench, 1)).isGreaterThanOrEqualTo(delays.get(1));
        }
    }

    @Test
    @DisplayName("E02 maxRetries 0: one request")
    void noRetriesMeansOneRequest() {
        try (FaultBench bench = FaultBench.servingOnce(reply(json(529, errorJson("overloaded_error", "busy"))))) {
            Outcome<StreamEvent> outcome = bench.stream();
            attempts(1).accept(outcome);
            assertThat(outcome.error(OverloadedException.class).notRetried()).contains(NotRetried.EXHAUSTED);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("E09 Retry-After 61 with maxRetryAfter 60 s: the error within 200 ms, with the hint in it")
    void hintThatIsTooLongEndsTheCall() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(FaultBench.RETRY.withMaxRetryAfter(Duration.ofSeconds(60))),
                warmUp(),
                throttled("retry-after: 61"))) {
            bench.stream();
            Outcome<StreamEvent> outcome = bench.stream();
            RateLimitException error = outcome.error(RateLimitException.class);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofMillis(200));
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(61));
            assertThat(error.notRetried()).contains(NotRetried.RETRY_AFTER_TOO_LONG);
            assertThat(error.getMessage()).contains("61 s");
            attempts(1).accept(outcome);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E18 total clock of 1 s and Retry-After 5: the original 429 at once, not at 1 s")
    void waitBeyondTheTotalClockIsNotBegun() {
        try (FaultBench bench =
                FaultBench.serving(RetryDelayTests::withinOneSecond, warmUp(), throttled("retry-after: 5"))) {
            bench.stream();
            Outcome<StreamEvent> outcome = bench.stream();
            RateLimitException error = outcome.error(RateLimitException.class);
            assertThat(outcome.elapsed()).isLessThan(Duration.ofMillis(300));
            assertThat(error.notRetried()).contains(NotRetried.DEADLINE);
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(5));
            attempts(1).accept(outcome);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("E19 waits of a call beyond maxTotalDelay: the last error at once")
    void waitsTogetherAreBounded() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(FaultBench.RETRY.withMaxTotalDelay(Duration.ofMillis(300))),
                throttled("retry-after-ms: 200"))) {
            Outcome<StreamEvent> outcome = bench.stream();
            assertThat(outcome.error(RateLimitException.class).notRetried()).contains(NotRetried.TOO_LONG);
            attempts(2).accept(outcome);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    private static ClaudeClient.Builder withinOneSecond(ClaudeClient.Builder builder) {
        return builder.timeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(1)));
    }

    /** Loads what the first call of a process loads, so that the second can be timed. */
    private static Script warmUp() {
        return GOOD;
    }

    private static Script throttled(String... headerLines) {
        return reply(json(429, errorJson("rate_limit_error", "slow down"), headerLines));
    }

    private static CallListener delaysInto(List<Duration> delays) {
        return new CallListener() {
            @Override
            public void onRetry(Retry retry) {
                delays.add(retry.delay());
            }
        };
    }

    /** The time between the first two requests after a 429 with the given header lines. */
    private static Duration gapAfter(String... headerLines) {
        try (FaultBench bench = FaultBench.serving(GOOD, throttled(headerLines), GOOD)) {
            bench.stream();
            done("hi").accept(bench.stream());
            assertThat(bench.server().reqs()).isEqualTo(3);
            return gap(bench, 1);
        }
    }

    private static Duration gap(FaultBench bench, int first) {
        RecordedRequest one = bench.server().request(first);
        RecordedRequest next = bench.server().request(first + 1);
        return Duration.ofNanos(next.receivedNanos() - one.receivedNanos());
    }
}
