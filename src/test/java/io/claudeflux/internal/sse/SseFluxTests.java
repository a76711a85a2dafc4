package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Demand, order and errors, up to the end of the protocol; what follows is {@link SseFluxDrainTests}. */
@ExtendWith(DroppedSignals.class)
class SseFluxTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final BodyProbe body = new BodyProbe();
    private final Recorder consumer = Recorder.of(decode(body, WordHandler::new));

    static Flux<String> decode(Flux<ByteBuf> body, Supplier<FrameHandler<String>> handler) {
        return SseFlux.decode(body, new SseLimits(100, 100), handler, DrainPolicy.on(Schedulers.parallel()));
    }

    static String words(String... words) {
        return "data: " + String.join("\n\ndata: ", words) + "\n\n";
    }

    @Test
    void nothingIsAskedForWithoutDemand() {
        assertThat(body.requests()).isEmpty();
        consumer.request(1);
        assertThat(body.requests()).containsExactly(1L);
    }

    @Test
    void theNextBufferIsAskedForWhenNothingIsLeftOfTheLastAndMoreIsWanted() {
        consumer.request(2);
        body.next(words("a", "b", "c"));
        assertThat(consumer.signals()).containsExactly("a", "b");
        assertThat(body.requests()).containsExactly(1L);
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b", "c");
        assertThat(body.requests()).as("no demand is left").containsExactly(1L);
        consumer.request(1);
        assertThat(body.requests()).containsExactly(1L, 1L);
    }

    @Test
    void aBufferWithoutAnItemIsFollowedByTheNext() {
        consumer.request(1);
        body.next("data: a");
        body.next(": comment");
        assertThat(body.requests()).containsExactly(1L, 1L, 1L);
        body.next("\n\n");
        assertThat(consumer.signals()).containsExactly("a: comment");
    }

    @Test
    void fiveHundredItemsOfOneBufferArriveOneByOneInOrder() {
        String[] words = IntStream.range(0, 500).mapToObj(Integer::toString).toArray(String[]::new);
        consumer.request(1);
        body.next(words(words));
        for (int i = 1; i < 500; i++) {
            assertThat(consumer.signals()).hasSize(i);
            consumer.request(1);
        }
        assertThat(consumer.signals()).containsExactly(words);
    }

    @Test
    void requestingInsideOnNextOfABodyThatAnswersAtOnceDoesNotRecurse() {
        int buffers = 100_000;
        Flux<ByteBuf> direct = Flux.range(0, buffers).map(i -> Unpooled.copiedBuffer(words("a", "b"), UTF_8));
        Recorder greedy = Recorder.of(decode(direct, WordHandler::new));
        greedy.onItem(item -> greedy.request(1)).request(1);
        assertThat(greedy.signals()).hasSize(2 * buffers + 1).endsWith("error: mapped no end");
    }

    @Test
    void demandAddsUpWithoutOverflow() {
        consumer.request(Long.MAX_VALUE - 1);
        consumer.request(Long.MAX_VALUE);
        body.next(words("a", "b"));
        consumer.request(Long.MAX_VALUE);
        body.next(words("c"));
        assertThat(consumer.signals()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aRequestForNothingIsTheConsumersFaultAndCancelsTheBody(long n) {
        consumer.request(1);
        body.next(words("a", "b"));
        consumer.request(n);
        assertThat(consumer.signals()).hasSize(2).last().asString().startsWith("error: Spec. Rule 3.9");
        assertThat(body.isCancelled()).isTrue();
        consumer.request(1);
        body.next(words("c"));
        body.complete();
        assertThat(consumer.signals()).hasSize(2);
    }

    @Test
    void itemsAheadOfAnErrorOfTheBodyArriveFirstUnderDemand() {
        consumer.request(1);
        body.next(words("a", "b", "c"));
        body.error("reset");
        assertThat(consumer.signals()).containsExactly("a");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b", "c", "error: mapped reset");
    }

    @Test
    void anErrorNeedsNoDemand() {
        body.error("reset");
        assertThat(consumer.signals()).containsExactly("error: mapped reset");
    }

    @Test
    void itemsAheadOfAFaultInTheSameBufferArriveFirstAndTheBodyIsCancelledAtOnce() {
        consumer.request(1);
        body.next(words("a", "b", "fail", "c"));
        assertThat(consumer.signals()).containsExactly("a");
        assertThat(body.isCancelled()).isTrue();
        body.next(words("d"));
        body.error("late");
        consumer.request(9);
        assertThat(consumer.signals()).containsExactly("a", "b", "error: mapped bad word");
    }

    @Test
    void anOversizedEventIsAFaultLikeAnyOther() {
        consumer.request(9);
        body.next(words("a") + "data: " + "x".repeat(100));
        assertThat(consumer.signals())
                .containsExactly("a", "error: mapped The event stream holds an SSE line of more than 100 bytes");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void anEndAheadOfTheProtocolsIsTheHandlersToJudgeAndNeedsNoDemand() {
        body.complete();
        assertThat(consumer.signals()).containsExactly("error: mapped no end");
        assertThat(body.isCancelled()).isFalse();
    }

    @Test
    void whatTheBodyBrokeOffInIsHandedToTheHandlerOnceAndItsItemsWaitForDemand() {
        consumer.request(1);
        body.next(words("a", "b") + "data: c");
        body.complete();
        assertThat(consumer.signals()).containsExactly("a");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b");
        consumer.request(1);
        assertThat(consumer.signals()).containsExactly("a", "b", "unfinished c", "error: mapped no end");
    }

    @Test
    void aHandlerThatAcceptsTheEndCompletes() {
        decode(Flux.just(Unpooled.copiedBuffer(words("a") + "data: b", UTF_8)), LenientHandler::new)
                .as(StepVerifier::create)
                .expectNext("a")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void theHandlerIsToldOfTheEndOnceHoweverOftenItemsAreAskedForAfterwards() {
        Recorder recorder = Recorder.of(decode(body, () -> new LenientHandler() {
            @Override
            public void onEnd(@Nullable SseFrame unfinished, Consumer<? super String> out) {
                out.accept("bye");
            }
        }));
        recorder.request(1);
        body.next(words("a", "b"));
        body.complete();
        recorder.request(1);
        recorder.request(1);
        assertThat(recorder.signals()).containsExactly("a", "b", "bye", "complete");
    }

    @Test
    void eachSubscriptionHasADecoderAndAHandlerOfItsOwn() {
        Flux<String> items = decode(
                Flux.defer(
                        () -> Flux.just(Unpooled.copiedBuffer("data: a", UTF_8), Unpooled.copiedBuffer("\n\n", UTF_8))),
                LenientHandler::new);
        assertThat(items.collectList().block(SOON)).containsExactly("a");
        assertThat(items.collectList().block(SOON)).containsExactly("a");
    }

    @Test
    void aHandlerThatCannotBeMadeIsAnError() {
        decode(body, () -> {
                    throw new IllegalStateException("no handler");
                })
                .as(StepVerifier::create)
                .expectErrorMessage("no handler")
                .verify(SOON);
    }

    @Test
    void anErrorThatCannotBeMappedIsReplacedAndKept() {
        Recorder recorder = Recorder.of(decode(body, () -> new LenientHandler() {
            @Override
            public Throwable onFailure(Throwable error) {
                throw new IllegalStateException("no mapping", error);
            }
        }));
        body.error("reset");
        assertThat(recorder.signals()).containsExactly("error: no mapping");
    }

    @Test
    void aFatalErrorIsSignalledAndThrownOn() {
        Recorder recorder = Recorder.of(decode(body, () -> new LenientHandler() {
            @Override
            public void onFrame(SseFrame frame, Consumer<? super String> out) {
                throw new NoClassDefFoundError(frame.data());
            }
        }));
        recorder.request(1);
        assertThatThrownBy(() -> body.next(words("a"))).isInstanceOf(NoClassDefFoundError.class);
        assertThat(recorder.signals()).containsExactly("error: a");
        assertThat(body.isCancelled()).isTrue();
    }

    @Test
    void aConsumerThatThrowsClosesTheConnection() {
        consumer.onItem(item -> {
                    throw new IllegalStateException("consumer");
                })
                .request(9);
        assertThatThrownBy(() -> body.next(words("a", "b"))).hasMessage("consumer");
        assertThat(body.isCancelled()).isTrue();
        body.next(words("c"));
        assertThat(consumer.signals()).containsExactly("a");
    }

    @Test
    void aBodyThatSendsUnaskedIsCancelled() {
        consumer.request(1);
        body.next(words("a", "b"));
        body.next(words("c"));
        assertThat(body.isCancelled()).isTrue();
        consumer.request(1);
        assertThat(consumer.signals()).hasSize(3).last().asString().startsWith("error: mapped The body brought");
    }

    @Test
    void aSecondSubscriptionOfTheBodyIsRefused() {
        Flux<ByteBuf> twice = Flux.from(subscriber -> {
            subscriber.onSubscribe(body);
            subscriber.onSubscribe(new BodyProbe());
        });
        Recorder recorder = Recorder.of(decode(twice, WordHandler::new));
        recorder.request(1);
        assertThat(body.requests()).containsExactly(1L);
    }

    @Test
    void theContextOfTheConsumerReachesTheBody() {
        Flux<ByteBuf> reading = Flux.deferContextual(
                context -> Flux.just(Unpooled.copiedBuffer(words(context.<String>get("word")), UTF_8)));
        Recorder recorder = Recorder.of(decode(reading, LenientHandler::new), Context.of("word", "seen"));
        recorder.request(9);
        assertThat(recorder.signals()).containsExactly("seen", "complete");
    }

    @Test
    void theChainCanBeScanned() {
        Flux<String> items = decode(body, WordHandler::new).doOnSubscribe(subscription -> {
            Scannable scannable = Scannable.from(subscription);
            assertThat(scannable.scan(Scannable.Attr.REQUESTED_FROM_DOWNSTREAM)).isZero();
            assertThat(scannable.scan(Scannable.Attr.TERMINATED)).isFalse();
            assertThat(scannable.scan(Scannable.Attr.RUN_STYLE)).isEqualTo(Scannable.Attr.RunStyle.SYNC);
            assertThat(scannable.scan(Scannable.Attr.PARENT)).isNotNull();
            assertThat(scannable.scan(Scannable.Attr.ACTUAL)).isNotNull();
        });
        assertThat(Recorder.of(items).signals()).isEqualTo(Collections.emptyList());
    }

    /** Emits every word and has nothing against any end. */
    static class LenientHandler implements FrameHandler<String> {

        @Override
        public void onFrame(SseFrame frame, Consumer<? super String> out) {
            out.accept(frame.data());
        }

        @Override
        public void onEnd(@Nullable SseFrame unfinished, Consumer<? super String> out) {}

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public Throwable onFailure(Throwable error) {
            return error;
        }
    }
}
