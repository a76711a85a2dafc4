package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/** A consumer that wants everything: the body is asked once and for all, and nothing else is different. */
@ExtendWith(DroppedSignals.class)
class SseFluxUnboundedTests {
    private static final long ALL = Long.MAX_VALUE;

    private final BodyProbe body = new BodyProbe();
    private final Recorder consumer = Recorder.of(SseFluxTests.decode(body, WordHandler::new));

    @Test
    void theBodyIsAskedForEverythingOnceABufferIsThere() {
        consumer.request(ALL);
        assertThat(body.requests()).containsExactly(1L);
        body.next(words("a", "b"));
        assertThat(body.requests()).containsExactly(1L, ALL);
        body.next(words("c"));
        body.next(words("d"));
        assertThat(body.requests()).as("no more to ask for").containsExactly(1L, ALL);
        assertThat(consumer.signals()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void demandMayLoseItsBoundsInTheMiddle() {
        consumer.request(3);
        body.next(words("a"));
        body.next(words("b"));
        assertThat(body.requests()).containsExactly(1L, 1L, 1L);
        consumer.request(ALL);
        assertThat(body.requests()).containsExactly(1L, 1L, 1L);
        body.next(words("c"));
        body.next(words("d"));
        assertThat(body.requests()).containsExactly(1L, 1L, 1L, ALL);
        assertThat(consumer.signals()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void demandMayLoseItsBoundsWithinAnItem() {
        consumer.onItem(item -> consumer.request(ALL));
        consumer.request(1);
        body.next(words("a", "b"));
        assertThat(body.requests()).containsExactly(1L, ALL);
        consumer.onItem(item -> consumer.request(1));
        body.next(words("c", "d"));
        assertThat(consumer.signals()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void demandThatIsOnlyLargeIsMetByOneBufferAtATime() {
        consumer.request(ALL - 1);
        body.next(words("a"));
        body.next(words("b"));
        assertThat(body.requests()).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aCancelWithinAnItemIsTheEnd() {
        consumer.request(ALL);
        body.next(words("a"));
        consumer.onItem(item -> consumer.cancel());
        body.next(words("b", "c"));
        body.next(words("d"));
        assertThat(consumer.signals()).containsExactly("a", "b");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void aBadRequestIsAnErrorStill() {
        consumer.request(ALL);
        body.next(words("a"));
        consumer.request(0);
        body.next(words("b"));
        assertThat(consumer.signals())
                .containsExactly(
                        "a",
                        "error: " + Exceptions.nullOrNegativeRequestException(0).getMessage());
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void theItemsAheadOfAFaultComeFirst() {
        consumer.request(ALL);
        body.next(words("a"));
        body.next(words("b", "fail", "c"));
        body.next(words("d"));
        assertThat(consumer.signals()).containsExactly("a", "b", "error: mapped bad word");
    }

    @Test
    void behindTheEndOfTheProtocolTheRestIsReadAsItComes() {
        consumer.request(ALL);
        body.next(words("a"));
        body.next(words("end"));
        body.next("rest");
        assertThat(consumer.signals()).containsExactly("a", "end");
        body.complete();
        assertThat(consumer.signals()).containsExactly("a", "end", "complete");
        assertThat(body.requests()).containsExactly(1L, ALL);
    }

    /** Sends from within each request, as deep as it must. */
    @Test
    void aBodyThatAnswersAtOnceIsReadInOrder() {
        List<String> sent = new ArrayList<>(
                IntStream.range(0, 50).mapToObj(Integer::toString).toList());
        List<String> expected = new ArrayList<>(sent);
        expected.add("error: mapped no end");
        Recorder recorder = Recorder.of(SseFluxTests.decode(new AtOnceBody(sent), WordHandler::new));
        recorder.request(ALL);
        assertThat(recorder.signals()).isEqualTo(expected);
    }

    private static final class AtOnceBody extends Flux<ByteBuf> {
        private final List<String> left;

        AtOnceBody(List<String> left) {
            this.left = left;
        }

        @Override
        public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
            actual.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    for (long i = 0; i < n && !left.isEmpty(); i++) {
                        String word = left.remove(0);
                        ByteBuf buffer = Unpooled.copiedBuffer(words(word), UTF_8);
                        actual.onNext(buffer);
                        buffer.release();
                        if (word.equals("49")) {
                            actual.onComplete();
                        }
                    }
                }

                @Override
                public void cancel() {}
            });
        }
    }
}
