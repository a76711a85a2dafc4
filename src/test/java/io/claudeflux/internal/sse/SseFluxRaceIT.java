package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.AtOnce;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Two threads at once, ten thousand times for each pair. {@link Recorder} notices signals that overlap, are too many or
 * follow the end, {@link DroppedSignals} those that land in a hook, {@link BodyProbe} a buffer that was released.
 */
@ExtendWith(DroppedSignals.class)
class SseFluxRaceIT {

    private static final int ROUNDS = 10_000;

    private static final String[] MANY =
            IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);

    static Stream<Race> races() {
        return Stream.concat(withCancel(), withoutCancel());
    }

    private static Stream<Race> withCancel() {
        return Stream.of(
                new Race("cancel, next", Round::cancel, next("a", "b")).begins("a", "b"),
                new Race("cancel, last next", Round::cancel, next("a", "end")).begins("a", "end"),
                new Race("cancel, next of many", Round::cancel, next(MANY)).begins(MANY),
                new Race("cancel, bad next", Round::cancel, next("a", "fail")).begins("a", "error: mapped bad word"),
                new Race("cancel, request", Round::cancel, request(2))
                        .behind(next("a", "b", "c"))
                        .asked(1)
                        .begins("a", "b", "c"),
                new Race("cancel, error", Round::cancel, Round::error).begins("error: mapped reset"),
                new Race("cancel, early complete", Round::cancel, Round::complete).begins("error: mapped no end"),
                new Race("cancel, bad request", Round::cancel, request(0))
                        .begins("error: "
                                + Exceptions.nullOrNegativeRequestException(0).getMessage()),
                new Race("cancel, bad request, next", Round::cancel, next("a"))
                        .then(request(0))
                        .begins("a"),
                new Race("cancel, complete", Round::cancel, Round::complete)
                        .behind(next("end"))
                        .begins("end", "complete"),
                new Race("cancel, late error", Round::cancel, Round::error)
                        .behind(next("end"))
                        .begins("end", "complete"),
                new Race("cancel, timer", Round::cancel, Round::fire)
                        .behind(next("end"))
                        .begins("end", "complete"));
    }

    private static Stream<Race> withoutCancel() {
        return Stream.of(
                new Race("request, next", request(2), next("a", "b", "c"))
                        .asked(1)
                        .gives("a", "b", "c"),
                new Race("request, request", request(2), request(3))
                        .behind(next("a", "b", "c", "d", "e", "f"))
                        .asked(1)
                        .gives("a", "b", "c", "d", "e", "f"),
                new Race("request, last next", request(2), next("a", "b", "end"))
                        .asked(1)
                        .then(Round::complete)
                        .gives("a", "b", "end", "complete"),
                new Race("request, complete", request(9), Round::complete)
                        .behind(next("a", "b", "end"))
                        .asked(1)
                        .gives("a", "b", "end", "complete"),
                new Race("request, error", request(9), Round::error)
                        .behind(next("a", "b"))
                        .asked(1)
                        .gives("a", "b", "error: mapped reset"),
                new Race("request, timer", request(9), Round::fire)
                        .behind(next("a", "end"))
                        .asked(1)
                        .gives("a", "end", "complete"),
                new Race("timer, complete", Round::fire, Round::complete)
                        .behind(next("end"))
                        .gives("end", "complete"),
                new Race("timer, late error", Round::fire, Round::error)
                        .behind(next("end"))
                        .gives("end", "complete"),
                new Race("timer, too many bytes", Round::fire, next("x".repeat(200)))
                        .behind(next("end"))
                        .gives("end", "complete"));
    }

    @ParameterizedTest
    @MethodSource("races")
    void eitherOrderIsARightOne(Race race) {
        for (int i = 0; i < ROUNDS; i++) {
            Round round = new Round();
            round.consumer.request(race.demand);
            race.before.accept(round);
            AtOnce.run(() -> race.left.accept(round), () -> race.right.accept(round));
            race.after.accept(round);
            race.check(round);
        }
    }

    /** A frame of many items is being taken apart, so the queue is in use, when the cancel comes. */
    @Test
    void aCancelDiscardsEachItemOnceWhileTheyAreStillBeingMade() {
        List<String> made = List.of(MANY);
        for (int i = 0; i < ROUNDS / 4; i++) {
            List<Object> discarded = new CopyOnWriteArrayList<>();
            BodyProbe body = new BodyProbe();
            Recorder consumer = Recorder.of(
                    SseFluxTests.decode(body, () -> new SseFluxTests.LenientHandler() {
                        @Override
                        public void onFrame(SseFrame frame, Consumer<? super String> out) {
                            made.forEach(out);
                        }
                    }),
                    Operators.enableOnDiscard(Context.empty(), discarded::add));
            consumer.request(1);
            body.next("data: go");
            AtOnce.run(consumer::cancel, () -> body.next("\n\n"));
            List<Object> all = new ArrayList<>(consumer.signals());
            all.addAll(discarded);
            assertThat(all)
                    .satisfiesAnyOf(
                            some -> assertThat(some).isEmpty(),
                            some -> assertThat(some).isEqualTo(made));
        }
    }

    @Test
    void itemsCrossThreadsOnceAndInOrder() {
        int buffers = 20_000;
        Flux<ByteBuf> bytes = Flux.range(0, buffers)
                .map(i -> "data: " + i + "\n" + (i % 3 == 0 ? "" : "\n") + (i % 5 == 0 ? "\ndata: x\n\n" : ""))
                .map(text -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
                .subscribeOn(Schedulers.parallel());
        StringBuilder expected = new StringBuilder();
        IntStream.range(0, buffers)
                .forEach(i -> expected.append(i).append(i % 3 == 0 ? "\n" : ",").append(i % 5 == 0 ? ",x," : ""));
        List<String> items = SseFluxTests.decode(bytes, WordHandler::new)
                .onErrorComplete()
                .publishOn(Schedulers.parallel(), 3)
                .collectList()
                .block(Duration.ofSeconds(30));
        assertThat(String.join(",", items).replaceAll("[\n,]+", ","))
                .isEqualTo(expected.toString().replaceAll("[\n,]+", ",").replaceAll(",$", ""));
    }

    private static Consumer<Round> next(String... words) {
        return round -> round.body.next(words(words));
    }

    private static Consumer<Round> request(long n) {
        return round -> round.consumer.request(n);
    }

    /** A fresh subscription with everything around it. */
    private static final class Round {

        private final BodyProbe body = new BodyProbe();
        private final TimerProbe timer = new TimerProbe();
        private final Recorder consumer = Recorder.of(SseFlux.decode(
                body, SseLimits.defaults(), WordHandler::new, new DrainPolicy(Duration.ofSeconds(1), 100, timer)));

        void cancel() {
            consumer.cancel();
        }

        void complete() {
            body.complete();
        }

        void error() {
            body.error("reset");
        }

        void fire() {
            timer.fire();
        }
    }

    /** What runs at the same time, what ran before, and what may come of it. */
    private static final class Race {

        private final String name;
        private final Consumer<Round> left;
        private final Consumer<Round> right;
        private Consumer<Round> before = round -> {};
        private Consumer<Round> after = round -> {};
        private long demand = 9;
        private List<String> signals = List.of();
        private boolean isCancelled;

        Race(String name, Consumer<Round> left, Consumer<Round> right) {
            this.name = name;
            this.left = left;
            this.right = right;
        }

        Race behind(Consumer<Round> action) {
            before = action;
            return this;
        }

        Race then(Consumer<Round> action) {
            after = action;
            return this;
        }

        Race asked(long n) {
            demand = n;
            return this;
        }

        Race gives(String... expected) {
            signals = List.of(expected);
            return this;
        }

        /** The consumer cancels, so that any number of the expected signals may have made it. */
        Race begins(String... expected) {
            isCancelled = true;
            return gives(expected);
        }

        void check(Round round) {
            List<String> seen = round.consumer.signals();
            assertThat(seen)
                    .isEqualTo(isCancelled ? signals.subList(0, Math.min(seen.size(), signals.size())) : signals);
            assertThat(round.timer.isIdle()).as("no timer is left").isTrue();
            if (isCancelled) {
                assertThat(round.body.isCancelled()).isTrue();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
