package io.claudeflux.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.limit.Pacing;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pacing over real connections, against a simulator that keeps limits as the API does. */
@Timeout(120)
class PacingIT {
    /** Until it no longer lives on what had not been used before. */
    private static final Duration RAMP = Duration.ofSeconds(9);

    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int PER_MINUTE = 1_200;

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void almostAllOfTheLimitIsUsedAndAlmostNothingIsRefused() {
        try (ClaudeSimulator simulator = simulator(PER_MINUTE);
                ClaudeClient client = client(simulator)) {
            Disposable load = Flux.range(0, 200)
                    .flatMap(i -> ask(client).then().repeat(), 200)
                    .subscribe();
            Await.elapse(RAMP);
            int before = accepted.get();
            long began = System.nanoTime();
            Await.elapse(MEASURED);
            double allowed = PER_MINUTE
                    * (double) (System.nanoTime() - began)
                    / Duration.ofMinutes(1).toNanos();
            double used = (accepted.get() - before) / allowed;
            load.dispose();

            System.out.printf("used %.3f of the limit, %d of %d refused%n", used, refused.get(), accepted.get());
            assertThat(used).isBetween(0.95, 1.1);
            assertThat(refused.get()).isLessThanOrEqualTo(accepted.get() / 1_000);
        }
    }

    /** The limit of a minute would allow all of them at once, the one on how fast usage may grow does not. */
    @Test
    void aStepFromOneToFiveHundredStreamsIsNoBurst() {
        try (ClaudeSimulator simulator = simulator(30_000);
                ClaudeClient client = client(simulator)) {
            ask(client).block(SOON);

            Long completed =
                    Flux.range(0, 500).flatMap(i -> ask(client), 500).count().block(Duration.ofSeconds(30));

            assertThat(completed).isEqualTo(500);
            System.out.printf("%d of 500 refused on the way up%n", refused.get());
            // A machine that stands still for a moment moves what it sends from one second into the next.
            assertThat(refused.get()).as("no burst").isLessThanOrEqualTo(5);
        }
    }

    private ClaudeSimulator simulator(int requestsPerMinute) {
        return ClaudeSimulator.builder()
                .rateLimits(requestsPerMinute, 10_000_000, 2_000_000)
                .accelerationLimit(15)
                .onAnswered(request -> {
                    boolean isRefused = request.status().orElse(0) == 429;
                    (isRefused ? refused : accepted).incrementAndGet();
                })
                .respondWith(
                        request -> Reply.reply("A few words, and that is it.").drip(Duration.ofMillis(20)))
                .start();
    }

    private static ClaudeClient client(ClaudeSimulator simulator) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(simulator.baseUrl())
                .maxConcurrentRequests(500)
                .pacing(Pacing.learned())
                .build();
    }

    private static Mono<String> ask(ClaudeClient client) {
        MessageRequest request = FaultBench.request();
        return client.messages().create(request).map(message -> message.text());
    }
}
