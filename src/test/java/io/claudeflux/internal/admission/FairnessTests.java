package io.claudeflux.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** In which order those who wait are let out, and who gives way when there is no place. */
class FairnessTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Permits permits = new Permits(1, 6, timer);
    private final TestPublisher<String> holder = TestPublisher.create();
    private final List<String> order = new ArrayList<>();

    @BeforeEach
    void holdTheOnlyPermit() {
        Caller.of(permits.hold(holder.flux(), Turn.newcomer(LIMIT)));
    }

    @Test
    void oneTenantIsServedInTheOrderOfItsCalls() {
        IntStream.range(0, 6).forEach(i -> call("acme", "a" + i));

        holder.complete();

        assertThat(order).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    }

    @Test
    void oneTenantIsServedInItsOrderWhateverTheModels() {
        IntStream.range(0, 6).forEach(i -> call(party("acme", Priority.NORMAL, "model-" + i % 2), "a" + i));

        holder.complete();

        assertThat(order).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    }

    @Test
    void tenantsTakeTurns() {
        call("acme", "a0");
        call("acme", "a1");
        call("acme", "a2");
        call("bolt", "b0");
        call("bolt", "b1");
        call("cone", "c0");

        holder.complete();

        assertThat(order).containsExactly("a0", "b0", "c0", "a1", "b1", "a2");
    }

    @Test
    void aTenantThatComesBackGoesBehindTheOthers() {
        call("acme", "a0");
        call("bolt", "b0");
        call("bolt", "b1");
        call("cone", "c0");
        TestPublisher<String> next = TestPublisher.create();
        Caller.of(permits.hold(next.flux(), new Turn(true, LIMIT))); // a retry, so that it goes first

        holder.complete();
        assertThat(order).isEmpty();
        call("acme", "a1");
        next.complete();

        assertThat(order).containsExactly("a0", "b0", "c0", "a1", "b1");
    }

    @Test
    void aBurstOfOneTenantCostsAnotherOneSlot() {
        Permits busy = new Permits(1, 10_000, timer);
        TestPublisher<String> first = TestPublisher.create();
        Caller.of(busy.hold(first.flux(), Turn.newcomer(LIMIT)));
        for (int i = 0; i < 1_000; i++) {
            String name = "a" + i;
            Caller.of(busy.hold(work(name), turn(false, party("acme", Priority.NORMAL, "m"))));
        }
        Caller.of(busy.hold(work("b0"), turn(false, party("bolt", Priority.NORMAL, "m"))));

        first.complete();

        assertThat(order.indexOf("b0")).isEqualTo(1);
        assertThat(order).hasSize(1_001);
        assertThat(busy.inFlight()).isZero();
    }

    @Test
    void theMoreUrgentGoFirstAndRetriesAheadOfAll() {
        call(party("acme", Priority.LOW, "m"), "low");
        call(party("acme", Priority.NORMAL, "m"), "normal");
        call(party("acme", Priority.HIGH, "m"), "high");
        Caller.of(permits.hold(work("retry"), turn(true, party("acme", Priority.LOW, "m"))));

        holder.complete();

        assertThat(order).containsExactly("retry", "high", "normal", "low");
    }

    @Test
    void inAFullQueueTheTenantThatHasMostGivesUpItsLastPlace() {
        List<Caller> acme =
                IntStream.range(0, 6).mapToObj(i -> call("acme", "a" + i)).toList();

        Caller bolt = call("bolt", "b0");

        assertThat(acme.get(5).signals()).containsExactly("QUEUE_FULL");
        assertThat(bolt.signals()).isEmpty();
        assertThat(call("acme", "a6").signals()).containsExactly("QUEUE_FULL");
        assertThat(permits.queued()).isEqualTo(6);
        holder.complete();
        assertThat(order).containsExactly("a0", "b0", "a1", "a2", "a3", "a4");
    }

    @Test
    void placesAreNotTakenBackAndForth() {
        IntStream.range(0, 3).forEach(i -> call("acme", "a" + i));
        IntStream.range(0, 3).forEach(i -> call("bolt", "b" + i));

        assertThat(call("acme", "a3").signals()).containsExactly("QUEUE_FULL");
        assertThat(call("bolt", "b3").signals()).containsExactly("QUEUE_FULL");
        holder.complete();
        assertThat(order).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    }

    @Test
    void inAFullQueueTheLessUrgentGiveWay() {
        List<Caller> low = IntStream.range(0, 6)
                .mapToObj(i -> call(party("acme", Priority.LOW, "m"), "l" + i))
                .toList();

        call(party("acme", Priority.NORMAL, "m"), "n0");
        call(party("acme", Priority.HIGH, "m"), "h0");

        assertThat(low.get(5).signals()).containsExactly("QUEUE_FULL");
        assertThat(low.get(4).signals()).containsExactly("QUEUE_FULL");
        assertThat(call(party("bolt", Priority.LOW, "m"), "l6").signals()).isEmpty();
        assertThat(low.get(3).signals()).containsExactly("QUEUE_FULL");
        holder.complete();
        assertThat(order).containsExactly("h0", "n0", "l0", "l6", "l1", "l2");
    }

    @Test
    void whateverIsCancelledTheQueueEndsEmptyAndNobodyIsForgotten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Permits busy = new Permits(3, 100_000, timer);
        List<TestPublisher<String>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(TestPublisher.create());
            Caller.of(busy.hold(held.get(i).flux(), Turn.newcomer(LIMIT)));
        }
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Priority priority =
                    List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW).get(random.nextInt(3));
            Party party = party("t" + random.nextInt(20), priority, "m" + random.nextInt(3));
            callers.add(Caller.of(busy.hold(Flux.just("x"), turn(random.nextInt(10) == 0, party))));
            if (random.nextBoolean()) {
                callers.get(random.nextInt(callers.size())).cancel();
            }
        }
        int waiting = busy.queued();

        held.forEach(TestPublisher::complete);

        long served = callers.stream()
                .filter(caller -> caller.signals().contains("complete"))
                .count();
        assertThat(served).as("seed %d", seed).isEqualTo(waiting);
        assertThat(busy.queued()).isZero();
        assertThat(busy.inFlight()).isZero();
    }

    private Caller call(String tenant, String name) {
        return call(party(tenant, Priority.NORMAL, "m"), name);
    }

    private Caller call(Party party, String name) {
        return Caller.of(permits.hold(work(name), turn(false, party)));
    }

    private Flux<String> work(String name) {
        return Flux.just(name).doOnSubscribe(s -> order.add(name));
    }

    private static Turn turn(boolean isRetry, Party party) {
        return new Turn(isRetry, LIMIT, Duration.ZERO, party);
    }

    private static Party party(String tenant, Priority priority, String model) {
        return new Party(tenant, priority, new Estimate(model, false, 0, 0));
    }
}
