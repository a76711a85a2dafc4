package io.claudeflux;

import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Which model is asked next, and when none is; over a wire, with models that each have a script of their own. */
class FallbackTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String FIRST = "claude-opus-5";
    private static final String SECOND = "claude-sonnet-5-5";
    private static final String THIRD = "claude-haiku-4-5";
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model(FIRST)
            .maxTokens(64)
            .system("Be brief.")
            .user("Who are you?")
            .build();

    /** What each model answers; its name where nothing is said. */
    private final Map<String, Reply> answers = new ConcurrentHashMap<>();

    private final List<CallListener.Attempt> attempts = new CopyOnWriteArrayList<>();
    private final List<CallListener.Retry> retries = new CopyOnWriteArrayList<>();
    private final List<CallListener.End> ends = new CopyOnWriteArrayList<>();
    private final ClaudeSimulator api = ClaudeSimulator.builder()
            .respondWith(request -> answers.getOrDefault(request.model(), reply("I am " + request.model())))
            .start();
    private final ClaudeClient client = builder(1).build();
    private final Messages messages = client.messages().with(CallOptions.none().withListener(new Recording()));

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    /** One permit only: a fallback that kept one could not go on. */
    private ClaudeClient.Builder builder(int maxRetries) {
        return ClaudeClient.builder()
                .apiKey("test")
                .baseUrl(api.baseUrl())
                .maxConcurrentRequests(1)
                .retry(RetryPolicy.defaults()
                        .withMaxRetries(maxRetries)
                        .withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                .fallbackModels(SECOND, THIRD);
    }

    private final class Recording implements CallListener {
        @Override
        public void onAttempt(Attempt attempt) {
            attempts.add(attempt);
        }

        @Override
        public void onRetry(Retry retry) {
            retries.add(retry);
        }

        @Override
        public void onTerminal(End end) {
            ends.add(end);
        }
    }

    @Test
    void theNextModelAnswersOnceTheFirstHasUsedUpItsRetries() {
        answers.put(FIRST, error(529));

        Outcome<StreamEvent> outcome = Outcome.of(messages.stream(REQUEST));

        assertThat(asked()).containsExactly(FIRST, FIRST, SECOND);
        assertThat(outcome.isComplete()).isTrue();
        assertThat(starts(outcome)).containsExactly(SECOND);
        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.model()).isEqualTo(SECOND);
            assertThat(end.attempts()).isEqualTo(3);
            assertThat(end.outcome()).isEqualTo(CallListener.Outcome.COMPLETED);
        });
    }

    @Test
    void attemptsCountOnAndListenersHearWhoIsNext() {
        answers.put(FIRST, error(529));

        Outcome.of(messages.stream(REQUEST));

        assertThat(attempts)
                .extracting(CallListener.Attempt::toString)
                .containsExactly(
                        "Attempt[1, POST /v1/messages, " + FIRST + "]",
                        "Attempt[2, POST /v1/messages, " + FIRST + "]",
                        "Attempt[3, POST /v1/messages, " + SECOND + "]");
        assertThat(api.requests())
                .extracting(request -> request.header("x-stainless-retry-count").orElseThrow())
                .containsExactly("0", "1", "2");
        assertThat(retries).extracting(CallListener.Retry::nextModel).containsExactly(FIRST, SECOND);
        assertThat(retries.get(1).delay()).isZero();
        assertThat(retries.get(1).failure().attempts()).isEqualTo(2);
    }

    @Test
    void theRequestDiffersInItsModelOnly() {
        answers.put(FIRST, error(404));

        Outcome.of(messages.stream(REQUEST));

        List<SimulatedRequest> requests = api.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).bodyText())
                .isEqualTo(requests.get(0).bodyText().replace(FIRST, SECOND))
                .isNotEqualTo(requests.get(0).bodyText());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void twoModelsAreNeverMixedWhereverTheFirstBreaks(int events) {
        answers.put(
                FIRST,
                reply("one two three four five")
                        .errorInStream("overloaded_error")
                        .afterEvents(events));

        Outcome<StreamEvent> outcome = Outcome.of(messages.stream(REQUEST));

        boolean unseen = events <= 1;
        boolean whole = events > 9;
        assertThat(starts(outcome)).containsExactly(unseen ? SECOND : FIRST);
        assertThat(asked()).isEqualTo(unseen ? List.of(FIRST, FIRST, SECOND) : List.of(FIRST));
        assertThat(outcome.isComplete()).isEqualTo(unseen || whole);
        if (!outcome.isComplete()) {
            assertThat(outcome.events()).hasSize(events);
            OverloadedException failure = outcome.error(OverloadedException.class);
            assertThat(failure.partial().orElseThrow().message().model()).isEqualTo(FIRST);
            assertThat(failure.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8})
    void aWholeMessageMayComeFromTheNextModelWhereverTheFirstBreaks(int events) {
        answers.put(FIRST, reply("one two three four five").cut().afterEvents(events));

        Message answer = Objects.requireNonNull(messages.create(REQUEST).block(WAIT));

        assertThat(answer.model()).isEqualTo(SECOND);
        assertThat(answer.text()).isEqualTo("I am " + SECOND);
        assertThat(asked()).containsExactly(FIRST, FIRST, SECOND);
    }

    @Test
    void textComesFromOneModelAlone() {
        answers.put(FIRST, reply("never heard").errorInStream("api_error").afterEvents(1));
        answers.put(SECOND, error(503));

        List<String> text = messages.streamText(REQUEST).collectList().block(WAIT);

        assertThat(String.join("", Objects.requireNonNull(text))).isEqualTo("I am " + THIRD);
        assertThat(asked()).containsExactly(FIRST, FIRST, SECOND, SECOND, THIRD);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 413})
    void whatIsWrongWithTheRequestOrTheKeyIsWrongWithEveryModel(int status) {
        answers.put(FIRST, error(status));

        Outcome<StreamEvent> outcome = Outcome.of(messages.stream(REQUEST));

        assertThat(outcome.error(ApiException.class).status()).isEqualTo(status);
        assertThat(asked()).containsExactly(FIRST);
    }

    @Test
    void aModelThatIsGoneIsNotAskedTwice() {
        answers.put(FIRST, error(404));

        assertThat(starts(Outcome.of(messages.stream(REQUEST)))).containsExactly(SECOND);
        assertThat(asked()).containsExactly(FIRST, SECOND);
    }

    @Test
    void aSpendLimitIsNotAskedTwice() {
        answers.put(FIRST, error(429).code("enforced_spend_limit_reached"));

        assertThat(starts(Outcome.of(messages.stream(REQUEST)))).containsExactly(SECOND);
        assertThat(asked()).containsExactly(FIRST, SECOND);
    }

    @Test
    void anOverloadThatTheServerWantsNoRepetitionOfLeadsToTheNextModel() {
        answers.put(FIRST, error(529).shouldRetry(false));

        assertThat(starts(Outcome.of(messages.stream(REQUEST)))).containsExactly(SECOND);
        assertThat(asked()).containsExactly(FIRST, SECOND);
    }

    @Test
    void aHintThatIsTooLongLeadsToTheNextModelAtOnce() {
        answers.put(FIRST, error(429).retryAfter(Duration.ofHours(1)));

        assertThat(starts(Outcome.of(messages.stream(REQUEST)))).containsExactly(SECOND);
        assertThat(asked()).containsExactly(FIRST, SECOND);
    }

    @Test
    void whenAllFailTheErrorIsTheLastOnesWithTheAttemptsOfAll() {
        answers.put(FIRST, error(529));
        answers.put(SECOND, error(404));
        answers.put(THIRD, error(429).code("enforced_spend_limit_reached"));

        Outcome<StreamEvent> outcome = Outcome.of(messages.stream(REQUEST));

        assertThat(outcome.error(RateLimitException.class).attempts()).isEqualTo(4);
        assertThat(asked()).containsExactly(FIRST, FIRST, SECOND, THIRD);
        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.model()).isEqualTo(THIRD);
            assertThat(end.attempts()).isEqualTo(4);
            assertThat(end.failure()).map(ClaudeException::attempts).contains(4);
        });
    }

    @Test
    void aCallMayDoWithoutItsClientsFallbacksOrNameOthers() {
        answers.put(FIRST, error(404));

        Outcome<StreamEvent> none = Outcome.of(messages.with(CallOptions.none().withFallbackModels()).stream(REQUEST));
        Outcome<StreamEvent> other =
                Outcome.of(messages.with(CallOptions.none().withFallbackModels(THIRD)).stream(REQUEST));

        assertThat(none.error(ApiException.class).status()).isEqualTo(404);
        assertThat(starts(other)).containsExactly(THIRD);
        assertThat(asked()).containsExactly(FIRST, FIRST, THIRD);
    }

    @Test
    void theTotalClockCoversAllModels() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        answers.put(FIRST, error(404).initialDelay(Duration.ofSeconds(1)));
        answers.put(SECOND, Reply.silence());
        DefaultClaudeClientBuilder timed = (DefaultClaudeClientBuilder) builder(1);
        try (ClaudeClient slow = timed.time(time, Clock.systemUTC(), () -> 0)
                .timeouts(Timeouts.defaults().withTotal(Duration.ofSeconds(10)))
                .build()) {
            List<Throwable> errors = new CopyOnWriteArrayList<>();
            Disposable call = slow.messages().stream(REQUEST).subscribe(event -> {}, errors::add);
            Await.untilOrFail("the first model", WAIT, () -> api.requests().size() == 1);
            time.advanceTimeBy(Duration.ofSeconds(9));
            Await.untilOrFail("the second model", WAIT, () -> api.requests().size() == 2);
            time.advanceTimeBy(Duration.ofMillis(999));
            assertThat(errors).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));

            assertThat(errors).singleElement().isInstanceOfSatisfying(ClockException.class, failure -> {
                assertThat(failure.clock()).isEqualTo(ClockException.Clock.TOTAL);
                assertThat(failure.attempts()).isEqualTo(2);
            });
            call.dispose();
        } finally {
            time.dispose();
        }
        assertThat(asked()).containsExactly(FIRST, SECOND);
    }

    @Test
    void anOutageSendsCallsToTheNextModelAndItsEndSendsThemBack() {
        Messages quick = messages.with(CallOptions.none().withRetry(RetryPolicy.none()));

        List<String> before = servedBy(quick, 5);
        answers.put(FIRST, reply("lost").errorInStream("overloaded_error").afterEvents(1));
        List<String> during = servedBy(quick, 20);
        answers.remove(FIRST);
        List<String> after = servedBy(quick, 5);

        assertThat(before).containsOnly(FIRST);
        assertThat(during).containsOnly(SECOND);
        assertThat(after).containsOnly(FIRST);
        assertThat(ends).hasSize(30).allMatch(end -> end.outcome() == CallListener.Outcome.COMPLETED);
        assertThat(attempts).hasSize(5 + 2 * 20 + 5);
    }

    private static List<String> servedBy(Messages messages, int calls) {
        return Flux.range(0, calls)
                .concatMap(call -> messages.create(REQUEST).map(Message::model))
                .collectList()
                .blockOptional(WAIT)
                .orElseThrow();
    }

    private List<String> asked() {
        return api.requests().stream().map(SimulatedRequest::model).toList();
    }

    private static List<String> starts(Outcome<StreamEvent> outcome) {
        return outcome.events().stream()
                .filter(MessageStart.class::isInstance)
                .map(event -> ((MessageStart) event).message().model())
                .collect(Collectors.toList());
    }
}
