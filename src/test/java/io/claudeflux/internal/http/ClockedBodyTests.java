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
    private final HttpBody body =
            ClockedBody.of(new HttpBody(ResponseMetadata.none(), bytes.flux(), () -> {}), LIMITS, time);
    private final Consumer consumer = new Consumer();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    private static final class Consumer extends BaseSubscriber<ByteBuf> {
        final List<ByteBuf> received = new ArrayList<>();

        @Nullable Throwable error;

        boolean complete;

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

        @Override
        protected void hookOnNext(ByteBuf value) {
            received.add(value);
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
    void onceEverythingLeftIsAskedForNothingIsTimed() {
        body.bytes().subscribe(consumer);
        consumer.request(1);
        send();
        consumer.request(Long.MAX_VALUE);
        pass(1_000);
        send();
        assertThat(consumer.error).isNull();
        assertThat(consumer.received).hasSize(2);
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
    void aBodyWithBothClocksOffIsLeftAlone() {
        HttpBody plain = new HttpBody(ResponseMetadata.none(), bytes.flux(), () -> {});
        Timeouts off = LIMITS.withIdle(Duration.ZERO).withProgress(Duration.ZERO);
        assertThat(ClockedBody.of(plain, off, time)).isSameAs(plain);
    }
}
