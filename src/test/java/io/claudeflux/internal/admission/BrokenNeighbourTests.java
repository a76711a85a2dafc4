package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.Priority;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A consumer that throws is told something on the thread of another call, which is no fault of that one. */
class BrokenNeighbourTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

    @Test
    void whoeverTakesThePlaceOfABrokenConsumerWaitsUnderItsQueueClock() {
        Permits permits = new Permits(1, 1, timer);
        TestPublisher<String> holder = TestPublisher.create();
        Caller.of(permits.hold(holder.flux(), Turn.newcomer(LIMIT)));
        Party low = new Party("", Priority.LOW, Party.ANYBODY.estimate());
        Caller.of(permits.hold(Flux.just("a"), new Turn(false, LIMIT, Duration.ZERO, low)), () -> {
            throw new IllegalStateException("broken");
        });

        Caller newcomer = Caller.of(permits.hold(Flux.just("b"), Turn.newcomer(LIMIT)));
        assertThat(newcomer.signals()).isEmpty();
        timer.advanceTimeBy(LIMIT);

        assertThat(newcomer.signals()).containsExactly("QUEUE_TIMEOUT");
        holder.complete();
    }
}
