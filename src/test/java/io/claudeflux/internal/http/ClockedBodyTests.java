package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Under virtual time; the same clocks over sockets are in the fault suite. */
class ClockedBodyTests {
    private static final Timeouts LIMITS =
            Timeouts.defaults().withIdle(Duration.ofSeconds(10)).withProgress(Duration.ofSeconds(25));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ByteBuf> bytes =
            TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
    private final List<String> told = new ArrayList<>();
    private UnaryOperator<@Nullable Throwable> over = error -> error;
    private final BodyEnd end = new BodyEnd(() -> told.add("doomed"), error -> over.apply(error));
    private final HttpBody body = ClockedBody.of(plain(), end, LIMITS, time);
    private final Consumer consumer = new Consumer();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    private static final class Consumer extends BaseSubscriber<ByteBuf> {
        final List<ByteBuf> received = new ArrayList<>();

        @Nullable Throwable error;

        boolean complete;
        Runnable onNext = () -> {};

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

        @Override
        protected void hookOnNext(ByteBuf value) {
            received.add(value);
            onNext.run();
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error = throwable;
        }

        @Override
        protected void hookOnComplete() {
            complete = true;
        }

        Clock clock() {
            return failure().clock();
        }

        ClockException failure() {
            if (error instanceof ClockException clock) {
                return clock;
            }
            throw new AssertionError("no clock ran out", error);
        }
    }

    private HttpBody plain() {
        return HttpBody.of(ResponseMetadata.none(), bytes.flux().doOnCancel(() -> told.add("cancelled")));
    }

    private void send() {
        bytes.next(Unpooled.EMPTY_BUFFER);
    }

    private void pass(int seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    @Test
    void silenceWhileAskedForIsIdleAndCancelsTheBody() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        pass(9);
        assertThat(consumer.error).isNull();
        pass(1);
        assertThat(consumer.clock()).isEqualTo(Clock.IDLE);
        assertThat(consumer.failure().limit()).isEqualTo(Duration.ofSeconds(10));
        bytes.assertCancelled();
    }

    @Test
    void aConsumerThatDoesNotAskIsNotBlamedOnTheServer() {
        body.bytes().subscribe(consumer);
        pass(1_000);
        consumer.request(1);
        pass(9);
        send();
        pass(1_000);
        consumer.request(1);
        pass(9);
        assertThat(consumer.error).isNull();
        pass(1);
        assertThat(consumer.clock()).isEqualTo(Clock.IDLE);
    }

    @Test
    void bytesWithoutProgressRunIntoTheProgressClock() {
        body.bytes().subscribe(consumer);
        for (int pings = 0; pings < 3; pings++) {
            consumer.request(1);
            pass(8);
            send();
        }
        consumer.request(1);
        assertThat(consumer.error).isNull();
        pass(1);
        assertThat(consumer.clock()).isEqualTo(Clock.PROGRESS);
        bytes.assertCancelled();
    }

    @Test
    void progressRestartsTheProgressClock() {
        body.bytes().subscribe(consumer);
        for (int events = 0; events < 30; events++) {
            consumer.request(1);
            pass(9);
            send();
            body.progressed().run();
        }
        assertThat(consumer.error).isNull();
        assertThat(consumer.received).hasSize(30);
        bytes.complete();
        assertThat(consumer.complete).isTrue();
    }

    @Test
    void whoHasAskedForEverythingWaitsFromTheEndOfOneBufferToTheNext() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        consumer.onNext = () -> consumer.request(Long.MAX_VALUE);
        pass(9);
        send();
        consumer.onNext = body.progressed();
        pass(9);
        send();
        pass(9);
        assertThat(consumer.error).isNull();
        pass(1);
        assertThat(consumer.clock()).isEqualTo(Clock.IDLE);
        assertThat(consumer.received).hasSize(2);
        bytes.assertCancelled();
    }

    @Test
    void timeInTheHandsOfWhoHasAskedForEverythingIsNotTheServers() {
        body.bytes().subscribe(consumer);
        consumer.request(Long.MAX_VALUE);
        consumer.onNext = () -> pass(1_000);
        send();
        send();
        assertThat(consumer.error).isNull();
        pass(10);
        assertThat(consumer.clock()).isEqualTo(Clock.IDLE);
    }

    @Test
    void whoHasAskedForEverythingRunsIntoTheProgressClock() {
        body.bytes().subscribe(consumer);
        consumer.request(Long.MAX_VALUE);
        for (int pings = 0; pings < 3; pings++) {
            pass(8);
            send();
        }
        assertThat(consumer.error).isNull();
        pass(1);
        assertThat(consumer.clock()).isEqualTo(Clock.PROGRESS);
    }

    @Test
    void behindTheEndOfTheProtocolNothingIsTimed() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        consumer.onNext = () -> {
            body.ended().run();
            consumer.request(Long.MAX_VALUE);
        };
        send();
        pass(1_000);
        send();
        assertThat(consumer.error).isNull();
        assertThat(consumer.received).hasSize(2);
    }

    @Test
    void whoHasAskedForEverythingAndCancelsWithinABufferIsTimedNoMore() {
        body.bytes().subscribe(consumer);
        consumer.request(Long.MAX_VALUE);
        consumer.onNext = consumer::cancel;
        send();
        pass(1_000);
        assertThat(consumer.error).isNull();
        assertThat(told).containsExactly("doomed", "cancelled");
    }

    @Test
    void theConnectionIsGivenUpAheadOfACancel() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        pass(10);
        assertThat(consumer.clock()).isEqualTo(Clock.IDLE);
        assertThat(told).containsExactly("doomed", "cancelled");
    }

    @Test
    void anErrorOfTheBodyIsWhatItsExchangeSays() {
        over = error -> new IllegalStateException("mapped", error);
        body.bytes().subscribe(consumer);
        bytes.error(new IllegalArgumentException("raw"));
        assertThat(consumer.error).hasMessage("mapped").hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorThatCannotBeMappedIsNotLost() {
        over = error -> {
            throw new IllegalStateException("broken");
        };
        body.bytes().subscribe(consumer);
        bytes.error(new IllegalArgumentException("raw"));
        assertThat(consumer.error).hasMessage("broken");
        assertThat(Objects.requireNonNull(consumer.error).getSuppressed()[0]).hasMessage("raw");
    }

    @Test
    void aCompletionMayBeAFailureAfterAll() {
        over = error -> error == null ? new IllegalStateException("closed here") : error;
        body.bytes().subscribe(consumer);
        bytes.complete();
        assertThat(consumer.error).hasMessage("closed here");
        assertThat(consumer.complete).isFalse();
    }

    @Test
    void nothingComesBehindAClockThatRanOut() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        pass(10);
        ClockException first = consumer.failure();
        send();
        bytes.error(new IllegalStateException("the closed connection"));
        assertThat(consumer.error).isSameAs(first);
        assertThat(consumer.received).isEmpty();
    }

    @Test
    void aCancelStopsTheClocks() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        consumer.cancel();
        pass(1_000);
        assertThat(consumer.error).isNull();
        bytes.assertCancelled();
    }

    @Test
    void withBothClocksOffNothingIsScheduled() {
        Timeouts off = LIMITS.withIdle(Duration.ZERO).withProgress(Duration.ZERO);
        ClockedBody.of(plain(), end, off, time).bytes().subscribe(consumer);
        consumer.request(1);
        assertThat(time.getScheduledTaskCount()).isZero();
        pass(1_000_000);
        bytes.complete();
        assertThat(consumer.complete).isTrue();
    }
}
