package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException;
import io.claudeflux.fixture.AtOnce;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The clock against everything that can come at the moment it runs out. */
class ClockedBodyRaceIT {
    private static final int ROUNDS = 10_000;
    private static final Timeouts LIMITS = Timeouts.defaults().withIdle(Duration.ofSeconds(1));

    /** One body, one consumer, one clock that is about to run out. */
    private static final class Round implements CoreSubscriber<ByteBuf> {
        final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        final AtomicInteger cancels = new AtomicInteger();
        final AtomicInteger terminals = new AtomicInteger();
        final ClockedSubscriber clocked;
        final AtomicInteger received = new AtomicInteger();
        volatile boolean late;
        volatile @Nullable Throwable error;

        Round() {
            HttpBody plain = HttpBody.of(ResponseMetadata.none(), Flux.never());
            BodyEnd end = new BodyEnd(() -> {}, error -> error);
            clocked = new ClockedSubscriber(
                    this, (ClockedBody) ClockedBody.of(plain, end, LIMITS, time).bytes());
            clocked.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {
                    cancels.incrementAndGet();
                }
            });
            clocked.request(1);
            time.advanceTimeBy(Duration.ofMillis(999));
        }

        void ring() {
            time.advanceTimeBy(Duration.ofMillis(1));
        }

        void send() {
            clocked.onNext(Unpooled.EMPTY_BUFFER);
        }

        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public void onNext(ByteBuf value) {
            received.incrementAndGet();
            late = late || terminals.get() > 0;
        }

        @Override
        public void onError(Throwable throwable) {
            error = throwable;
            terminals.incrementAndGet();
        }

        @Override
        public void onComplete() {
            terminals.incrementAndGet();
        }
    }

    @Test
    void aBufferOrTheClockButNotBoth() {
        int rang = 0;
        try (HookProbe hooks = HookProbe.install()) {
            for (int i = 0; i < ROUNDS; i++) {
                Round round = new Round();
                AtOnce.run(round::ring, round::send);
                assertThat(round.received.get() + round.terminals.get())
                        .as("round %d", i)
                        .isEqualTo(1);
                assertThat(round.late).isFalse();
                if (round.terminals.get() == 1) {
                    rang++;
                    assertThat(round.error).isInstanceOf(ClockException.class);
                    assertThat(round.cancels).hasValue(1);
                }
            }
            hooks.assertNothingDropped();
        }
        assertThat(rang).as("both ways were taken").isBetween(1, ROUNDS - 1);
    }

    @Test
    void theClockAndTheEndOfTheBodyGiveOneEnd() {
        try (HookProbe hooks = HookProbe.install()) {
            for (int i = 0; i < ROUNDS; i++) {
                Round round = new Round();
                AtOnce.run(round::ring, round.clocked::onComplete);
                assertThat(round.terminals).as("round %d", i).hasValue(1);
            }
            hooks.assertNothingDropped();
        }
    }

    @Test
    void aBufferAtTheLastMomentStartsAWaitOfItsOwn() {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round();
            AtOnce.run(round::ring, () -> {
                round.send();
                round.clocked.request(1);
            });
            if (round.terminals.get() == 0) {
                round.time.advanceTimeBy(Duration.ofMillis(998));
                assertThat(round.terminals).as("round %d: too early", i).hasValue(0);
                round.time.advanceTimeBy(Duration.ofMillis(2));
                assertThat(round.terminals).as("round %d: never", i).hasValue(1);
            }
        }
    }

    @Test
    void whoHasAskedForEverythingStartsAWaitWithEachBuffer() {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round();
            round.clocked.request(Long.MAX_VALUE);
            AtOnce.run(round::ring, round::send);
            if (round.terminals.get() == 0) {
                round.time.advanceTimeBy(Duration.ofMillis(998));
                assertThat(round.terminals).as("round %d: too early", i).hasValue(0);
                round.time.advanceTimeBy(Duration.ofMillis(2));
                assertThat(round.terminals).as("round %d: never", i).hasValue(1);
            }
        }
    }

    @Test
    void nothingComesBehindACancel() {
        try (HookProbe hooks = HookProbe.install()) {
            for (int i = 0; i < ROUNDS; i++) {
                Round round = new Round();
                AtOnce.run(round::ring, round.clocked::cancel);
                round.send();
                assertThat(round.received).as("round %d", i).hasValue(0);
                assertThat(round.cancels.get()).as("round %d", i).isPositive();
            }
            hooks.assertNothingDropped();
        }
    }
}
