package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.Quota;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Priority;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What pacing makes of the API's limits, over ten minutes of virtual time against {@link ModelServer}. */
class PacingSimulationTests {
    private static final Duration RAMP = Duration.ofMinutes(1);
    private static final int MINUTES = 10;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Permits permits =
            new Permits(new AdmissionRules(5_000, 5_000, 100_000, true, new Pacer(Pacing.learned(), timer)), timer);
    private final AtomicInteger failed = new AtomicInteger();

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("requests", 1_000L, 10_000_000L, 10_000_000L),
                Arguments.of("requests, few", 60L, 10_000_000L, 10_000_000L),
                Arguments.of("input", 100_000L, 2_000_000L, 10_000_000L),
                Arguments.of("output", 100_000L, 10_000_000L, 400_000L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void almostAllOfTheTightestLimitIsUsedAndAlmostNothingIsRefused(
            String tightest, long requests, long input, long output) {
        ModelServer server = new ModelServer(new Quota(requests, input, output), random, timer);
        keepAsking(server, 600);
        timer.advanceTimeBy(RAMP);
        long acceptedBefore = server.accepted;
        long inputBefore = server.acceptedInput;
        long outputBefore = server.output;

        for (int second = 0; second < 60 * MINUTES; second++) {
            timer.advanceTimeBy(Duration.ofSeconds(1));
        }

        double used = Math.max(
                (double) (server.accepted - acceptedBefore) / (requests * MINUTES),
                Math.max(
                        (double) (server.acceptedInput - inputBefore) / (input * MINUTES),
                        (double) (server.output - outputBefore) / (output * MINUTES)));
        double refused = (double) server.refused / (server.accepted + server.refused);
        System.out.printf("%s: used %.3f, refused %.5f of %d%n", tightest, used, refused, server.accepted);
        assertThat(used).as("seed %d", seed).isGreaterThanOrEqualTo(0.95);
        assertThat(refused).as("seed %d", seed).isLessThan(0.001);
        permits.close();
    }

    /** The limits of requests would allow all at once, but the API also limits how steeply usage rises. */
    @Test
    void aStepFromOneToFiveHundredStreamsIsARampAndNoBurst() {
        ModelServer server = new ModelServer(new Quota(4_000, 10_000_000, 10_000_000), random, timer);
        keepAsking(server, 1);
        timer.advanceTimeBy(RAMP);
        long before = server.accepted;
        assertThat(before).isPositive();

        for (int i = 0; i < 499; i++) {
            once(server).subscribe();
        }
        timer.advanceTimeBy(Duration.ofSeconds(15));

        assertThat(server.accepted - before).as("seed %d", seed).isGreaterThanOrEqualTo(499);
        assertThat(server.refused).isZero();
        assertThat(server.peakInOneSecond).isLessThan(200);
        permits.close();
    }

    @Test
    void aColdStartWithFiveHundredStreamsAndATightLimitIsNotRefused() {
        ModelServer server = new ModelServer(new Quota(50, 10_000_000, 10_000_000), random, timer);
        for (int i = 0; i < 500; i++) {
            once(server).subscribe();
        }

        timer.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(server.refused).as("seed %d", seed).isZero();
        assertThat(server.accepted).isGreaterThan(200);
        permits.close();
    }

    private void keepAsking(ModelServer server, int streams) {
        for (int i = 0; i < streams; i++) {
            once(server)
                    .then(Mono.delay(Duration.ofMillis(1 + random.nextInt(50)), timer))
                    .repeat()
                    .subscribe();
        }
    }

    /** A call whose estimate is wrong as estimates are: the input is longer than it seemed, the output much shorter. */
    private Flux<String> once(ModelServer server) {
        return Flux.defer(() -> {
            long input = 200L + random.nextInt(3_000);
            long output = 50L + random.nextInt(700);
            Estimate estimate = new Estimate("claude-sonnet-5-5", false, input * 2 / 3, 8_192);
            Turn turn = new Turn(false, Duration.ZERO, Duration.ZERO, new Party("", Priority.NORMAL, estimate));
            return permits.<String>hold(pass -> server.serve(pass, input, output), turn)
                    .onErrorResume(error -> {
                        failed.incrementAndGet();
                        return Mono.delay(Duration.ofSeconds(1), timer).thenMany(Flux.empty());
                    });
        });
    }
}
