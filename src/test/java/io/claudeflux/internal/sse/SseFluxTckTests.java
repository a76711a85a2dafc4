package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.gate.TckRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

class SseFluxTckTests {

    @TestFactory
    Stream<DynamicTest> theItemsOfABodyKeepTheRules() {
        return TckRules.of(Words::new);
    }

    /** Bodies of two items a buffer. */
    private static final class Words extends PublisherVerification<String> {

        Words() {
            super(new TestEnvironment(500, 50));
        }

        @Override
        public Publisher<String> createPublisher(long elements) {
            // Each buffer ends in a comment that the next one goes on with.
            Flux<ByteBuf> body = Flux.range(0, (int) elements)
                    .map(i -> "data: " + i + "\n\n")
                    .buffer(2)
                    .map(words -> ": x\n" + String.join("", words) + ": ")
                    .map(text -> Unpooled.copiedBuffer(text, UTF_8));
            return SseFluxTests.decode(body, SseFluxTests.LenientHandler::new);
        }

        @Override
        public Publisher<String> createFailedPublisher() {
            return SseFluxTests.decode(
                    Flux.error(new IllegalStateException("failed on purpose")), SseFluxTests.LenientHandler::new);
        }

        @Override
        public long maxElementsFromPublisher() {
            return 1_000;
        }
    }
}
