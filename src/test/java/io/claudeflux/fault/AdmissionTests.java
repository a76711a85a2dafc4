package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.CallContext;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import io.claudeflux.Messages;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AdmissionException.Reason;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.RateLimiter;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Priority;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Group F, through the whole client: who is let out when, and what it can tell about that. */
@Timeout(60)
class AdmissionTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script SLOW_DOWN = reply(json(429, errorJson("rate_limit_error", "slow"), "retry-after: 1"));

    @Test
    @DisplayName("F13 permits 4, 50 mixed calls: the server never sees more than 4 at once, and all end")
    void fourPermitsAreNeverFive() {
        try (ClaudeSimulator simulator = ClaudeSimulator.start();
                ClaudeClient client = client(simulator).maxConcurrentRequests(4).build()) {
            AtomicInteger open = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            simulator.respondWith(request -> switch (request.requestId().hashCode() & 3) {
                case 0 -> Reply.error(529);
                case 1 -> counted(ms() + bs(0) + d(0, "cut"), open, most);
                default -> counted(good("A few words"), open, most);
            });

            List<String> ends = Flux.range(0, 50)
                    .flatMap(
                            i -> client.messages().stream(FaultBench.request())
                                    .then(Mono.just("completed"))
                                    .onErrorResume(e -> Mono.just("failed")),
                            50)
                    .collectList()
                    .block(SOON.multipliedBy(3));

            assertThat(ends).hasSize(50);
            assertThat(most.get()).isBetween(2, 4);
            Await.untilOrFail(
                    "all permits", SOON, () -> client.metrics().permits().inUse() == 0);
        }
    }

    @Test
    @DisplayName("F15 permits 1, queue 2, 4 calls: the fourth is refused at once")
    void theFourthOfOneAndTwoIsRefused() {
        try (ClaudeSimulator simulator = ClaudeSimulator.start();
                ClaudeClient client = client(simulator)
                        .maxConcurrentRequests(1)
                        .maxQueuedRequests(2)
                        .build()) {
            simulator.respondWith(request -> Reply.reply("slowly").drip(Duration.ofMillis(200)));
            List<Mono<Message>> calls = IntStream.range(0, 4)
                    .mapToObj(
                            i -> client.messages().create(FaultBench.request()).cache())
                    .toList();
            calls.subList(0, 3).forEach(call -> call.onErrorComplete().subscribe());

            Outcome<Message> fourth = Outcome.of(calls.get(3));

            assertThat(fourth.error(AdmissionException.class).reason()).isEqualTo(Reason.QUEUE_FULL);
            assertThat(fourth.elapsed()).isLessThan(Duration.ofMillis(150));
            assertThat(client.metrics().queue().waiting()).isEqualTo(2);
            assertThat(client.metrics().queue().refusedFull()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F19 20 queued calls are started in the order in which they came")
    void queuedCallsAreStartedInOrder() {
        assertThat(order(IntStream.range(0, 20).mapToObj(i -> ask("q" + i)).toList()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "q" + i).toList());
    }

    @Test
    @DisplayName("F20 tenants take turns, by request or by context, and the request's own word counts")
    void tenantsTakeTurns() {
        List<MessageRequest> requests = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> requests.add(from("acme", "a" + i)));
        IntStream.range(0, 2).forEach(i -> requests.add(from("bolt", "b" + i)));

        assertThat(order(requests)).containsExactly("a0", "b0", "a1", "b1", "a2");
    }

    @Test
    @DisplayName("F20 the Reactor Context names tenant and priority")
    void theContextNamesTenantAndPriority() {
        try (ClaudeSimulator simulator = ClaudeSimulator.start();
                ClaudeClient client = client(simulator).maxConcurrentRequests(1).build()) {
            Mono<Message> first = hold(simulator, client);
            List<Mono<Message>> calls = List.of(
                    client.messages().create(ask("a0")).contextWrite(CallContext.tenant("acme")),
                    client.messages().create(ask("a1")).contextWrite(CallContext.tenant("acme")),
                    client.messages().create(from("acme", "a2")).contextWrite(CallContext.tenant("bolt")),
                    client.messages().create(ask("b0")).contextWrite(Context.of(CallContext.TENANT, "bolt")),
                    client.messages().create(ask("x0")).contextWrite(Context.of(CallContext.TENANT, 42)),
                    client.messages()
                            .create(ask("h0"))
                            .contextWrite(CallContext.priority(Priority.HIGH))
                            .contextWrite(CallContext.tenant("acme")));

            assertThat(order(simulator, first, calls)).containsExactly("h0", "a0", "b0", "x0", "a1", "a2");
        }
    }

    @Test
    @DisplayName("F21 a 429 with a hint keeps back the calls of its model, and of no other, until it has passed")
    void aHintKeepsBackItsModel() {
        try (FaultBench bench = FaultBench.serving(b -> b.retry(RetryPolicy.none()), SLOW_DOWN, GOOD, GOOD)) {
            assertThat(bench.stream().error()).isInstanceOf(RateLimitException.class);
            assertThat(closedFor(bench.client())).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            long began = System.nanoTime();
            Mono<Message> same =
                    bench.client().messages().create(FaultBench.request()).cache();
            same.subscribe();
            MessageRequest other =
                    FaultBench.request().toBuilder().model("claude-haiku-4-5").build();

            Outcome<Message> unhindered = Outcome.of(bench.client().messages().create(other));
            assertThat(unhindered.elapsed()).isLessThan(Duration.ofMillis(600));
            assertThat(Outcome.of(same).isComplete()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    @DisplayName("F21 what is kept back for longer than its queue clock says so, and nothing is sent")
    void whatIsKeptBackTooLongSaysWhy() {
        try (FaultBench bench = pausedForAMinute()) {

            Outcome<?> kept = bench.stream();

            assertThat(kept.error(AdmissionException.class))
                    .hasMessageContaining("asked for a pause")
                    .extracting(AdmissionException::reason)
                    .isEqualTo(Reason.QUEUE_TIMEOUT);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F21 another model is asked in place of one that is kept back for too long")
    void aFallbackModelIsAskedInPlaceOfOneThatIsKeptBack() {
        try (FaultBench bench = pausedForAMinute()) {
            Messages messages =
                    bench.client().messages().with(CallOptions.none().withFallbackModels("claude-haiku-4-5"));

            assertThat(bench.observe(messages.stream(FaultBench.request())).isComplete())
                    .isTrue();
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("F21 another model is asked in place of one that the limiter keeps back")
    void aFallbackModelIsAskedInPlaceOfOneThatTheLimiterKeepsBack() {
        RateLimiter limiter =
                estimate -> estimate.model().equals("claude-haiku-4-5") ? Mono.just(usage -> {}) : Mono.never();
        try (FaultBench bench = FaultBench.serving(
                b -> b.rateLimiter(limiter)
                        .timeouts(Timeouts.defaults().withQueue(Duration.ofMillis(200)))
                        .fallbackModels("claude-haiku-4-5"),
                GOOD)) {
            assertThat(bench.stream().isComplete()).isTrue();
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F21 the gate can be turned off")
    void theGateCanBeTurnedOff() {
        try (FaultBench bench =
                FaultBench.serving(b -> b.retry(RetryPolicy.none()).coolDown(false), SLOW_DOWN, GOOD)) {
            bench.stream();

            assertThat(bench.stream().elapsed()).isLessThan(Duration.ofMillis(700));
            assertThat(closedFor(bench.client())).isZero();
        }
    }

    @Test
    @DisplayName("F21 a 429 without a hint, such as a spend limit, closes nothing")
    void withoutAHintNothingIsClosed() {
        Script spent = reply(json(429, errorJson("rate_limit_error", "spent")));
        try (FaultBench bench = FaultBench.serving(b -> b.retry(RetryPolicy.none()), spent, GOOD)) {
            bench.stream();

            assertThat(closedFor(bench.client())).isZero();
            assertThat(bench.stream().isComplete()).isTrue();
        }
    }

    @Test
    @DisplayName("F22 adaptive: an overload cuts the limit, whether it comes as a status or inside the stream")
    void overloadCutsTheLimit() {
        for (Reply overload : List.of(
                Reply.error(529),
                Reply.error(503),
                Reply.reply("half of it").errorInStream("overloaded_error").afterEvents(2))) {
            try (ClaudeSimulator simulator = ClaudeSimulator.start();
                    ClaudeClient client = client(simulator)
                            .maxConcurrentRequests(100)
                            .adaptiveConcurrency(10)
                            .retry(RetryPolicy.none())
                            .build()) {
                simulator.enqueue(overload);

                client.messages().create(FaultBench.request()).onErrorComplete().block(SOON);

                assertThat(client.metrics().permits().limit()).isEqualTo(70);
                assertThat(client.metrics().permits().max()).isEqualTo(100);
            }
        }
    }

    @Test
    void aSnapshotTellsHowThingsStand() {
        try (ClaudeSimulator simulator = ClaudeSimulator.builder()
                        .rateLimits(600, 60_000, 60_000)
                        .start();
                ClaudeClient client = client(simulator)
                        .maxConcurrentRequests(2)
                        .pacing(Pacing.learned())
                        .build()) {
            simulator.enqueue(Reply.error(529), Reply.reply("Hello"));
            client.messages().create(FaultBench.request()).block(SOON);

            ClientMetrics metrics = client.metrics();

            assertThat(metrics.permits()).isEqualTo(new ClientMetrics.Permits(2, 2, 0));
            assertThat(metrics.calls()).isEqualTo(new ClientMetrics.Calls(2, 1, 1, 0, 0));
            assertThat(metrics.queue().granted()).isEqualTo(2);
            assertThat(metrics.models()).singleElement().satisfies(model -> {
                assertThat(model.name()).isEqualTo("claude-sonnet-5-5");
                assertThat(model.buckets())
                        .extracting(ClientMetrics.Bucket::perMinute)
                        .containsExactly(600L, 60_000L, 60_000L);
                assertThat(model.buckets().get(0).available()).isBetween(90L, 100L);
            });
        }
    }

    @Test
    void settingsThatCannotBeRightAreRefused() {
        ClaudeClient.Builder builder = ClaudeClient.builder().apiKey("key").maxConcurrentRequests(10);
        assertThatThrownBy(() -> builder.adaptiveConcurrency(11).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be from 1 to maxConcurrentRequests, 10, but was 11");
        assertThatThrownBy(() -> builder.adaptiveConcurrency(1)
                        .pacing(Pacing.learned())
                        .rateLimiter(estimate -> Mono.never())
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot both be set");
    }

    /**
     * A client whose model was asked to pause for far longer than its queue clock allows, and a server that is well.
     */
    private static FaultBench pausedForAMinute() {
        Script later = reply(json(429, errorJson("rate_limit_error", "slow"), "retry-after: 60"));
        FaultBench bench = FaultBench.serving(
                b -> b.retry(RetryPolicy.none()).timeouts(Timeouts.defaults().withQueue(Duration.ofMillis(200))),
                later,
                GOOD);
        bench.stream();
        return bench;
    }

    /** Counts itself until its last event is on its way: the client cannot know of the end before. */
    private static Reply counted(String sse, AtomicInteger open, AtomicInteger most) {
        return Reply.raw(Flux.fromArray(sse.split("(?<=\n\n)"))
                .delayElements(Duration.ofMillis(5))
                .doOnSubscribe(s -> most.accumulateAndGet(open.incrementAndGet(), Math::max))
                .doOnComplete(open::decrementAndGet));
    }

    private static Duration closedFor(ClaudeClient client) {
        return client.metrics().models().stream()
                .map(ClientMetrics.Model::closedFor)
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static ClaudeClient.Builder client(ClaudeSimulator simulator) {
        return ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl(simulator.baseUrl())
                .retry(FaultBench.RETRY);
    }

    private static MessageRequest ask(String prompt) {
        return FaultBench.request().toBuilder().header("x-name", prompt).build();
    }

    private static MessageRequest from(String tenant, String prompt) {
        return ask(prompt).toBuilder().tenant(tenant).build();
    }

    /** A call that takes the only permit and keeps it for a moment. */
    private static Mono<Message> hold(ClaudeSimulator simulator, ClaudeClient client) {
        simulator.respondWith(request -> Reply.reply("one two")
                .drip(request.header("x-name").isEmpty() ? Duration.ofMillis(100) : Duration.ZERO));
        Mono<Message> first = client.messages().create(FaultBench.request()).cache();
        first.subscribe();
        return first;
    }

    private static List<String> order(List<MessageRequest> requests) {
        try (ClaudeSimulator simulator = ClaudeSimulator.start();
                ClaudeClient client = client(simulator).maxConcurrentRequests(1).build()) {
            Mono<Message> first = hold(simulator, client);
            return order(
                    simulator,
                    first,
                    requests.stream()
                            .map(request -> client.messages().create(request))
                            .toList());
        }
    }

    private static List<String> order(ClaudeSimulator simulator, Mono<Message> first, List<Mono<Message>> calls) {
        Flux.merge(Flux.fromIterable(calls), calls.size()).blockLast(SOON);
        first.block(SOON);
        return simulator.requests().stream()
                .flatMap(request -> request.header("x-name").stream())
                .toList();
    }
}
