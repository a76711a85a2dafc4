package io.claudeflux.internal.admission;

import io.claudeflux.gate.TckRules;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class PermitsTckTests {

    @TestFactory
    Stream<DynamicTest> workWithAPermitKeepsTheRules() {
        return TckRules.of(() -> new Numbers(false));
    }

    @TestFactory
    Stream<DynamicTest> workThatWaitsForAPermitKeepsTheRules() {
        return TckRules.of(() -> new Numbers(true));
    }

    private static final class Numbers extends PublisherVerification<Integer> {
        private static final Turn TURN = Turn.newcomer(Duration.ofSeconds(30));

        private final boolean waits;

        Numbers(boolean waits) {
            super(new TestEnvironment(500, 50));
            this.waits = waits;
        }

        @Override
        public Publisher<Integer> createPublisher(long elements) {
            return permits().hold(Flux.range(0, (int) elements), TURN);
        }

        @Override
        public Publisher<Integer> createFailedPublisher() {
            return permits().hold(Flux.error(new IllegalStateException("failed on purpose")), TURN);
        }

        @Override
        public long maxElementsFromPublisher() {
            return 1_000;
        }

        /** One rule subscribes several times to one publisher and expects signals on each. */
        private Permits permits() {
            Permits permits = new Permits(10, 10, Schedulers.parallel());
            if (waits) {
                Flux<Long> others =
                        permits.hold(Mono.delay(Duration.ofMillis(5)).flux(), TURN);
                Flux.range(0, 10).flatMap(i -> others, 10).subscribe();
            }
            return permits;
        }
    }
}
