package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

class TckRulesTests {
    @TestFactory
    Stream<DynamicTest> aRangeKeepsTheRules() {
        return TckRules.of(() -> new Numbers(length -> Flux.range(0, (int) length)));
    }

    @Test
    void aPublisherThatIgnoresDemandBreaksThem() throws Throwable {
        Map<String, AssertionError> broken = broken(length -> subscriber -> {
            subscriber.onSubscribe(new Deaf());
            for (int i = 0; i < length; i++) {
                subscriber.onNext(i);
            }
            subscriber.onComplete();
        });

        assertThat(broken)
                .containsKey("required_spec101_subscriptionRequestMustResultInTheCorrectNumberOfProducedElements")
                .containsKey("required_spec309_requestZeroMustSignalIllegalArgumentException");
    }

    private static Map<String, AssertionError> broken(LongFunction<Publisher<Integer>> publisher) throws Throwable {
        Map<String, AssertionError> broken = new TreeMap<>();
        for (DynamicTest rule : TckRules.of(() -> new Numbers(publisher)).toList()) {
            try {
                rule.getExecutable().execute();
            } catch (TestAbortedException e) {
                // A rule that does not apply is neither kept nor broken.
            } catch (AssertionError e) {
                broken.put(rule.getDisplayName(), e);
            }
        }
        return broken;
    }

    private static final class Numbers extends PublisherVerification<Integer> {
        private final LongFunction<Publisher<Integer>> publisher;

        Numbers(LongFunction<Publisher<Integer>> publisher) {
            super(new TestEnvironment(100, 50));
            this.publisher = publisher;
        }

        @Override
        public Publisher<Integer> createPublisher(long elements) {
            return publisher.apply(elements);
        }

        @Override
        public Publisher<Integer> createFailedPublisher() {
            return Flux.error(new IllegalStateException("failed on purpose"));
        }

        @Override
        public long maxElementsFromPublisher() {
            return 1_000;
        }
    }

    private static final class Deaf implements Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
