package io.claudeflux;

import static io.claudeflux.simulator.Reply.error;
import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Two clients, one asked when the other fails: another account, region or gateway. */
class FallbackToTests {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model("claude-sonnet-5-5")
            .maxTokens(64)
            .user("Who are you?")
            .build();

    private final ClaudeSimulator here = ClaudeSimulator.start();
    private final ClaudeSimulator there = ClaudeSimulator.start();
    private final ClaudeClient first = client(here.baseUrl());
    private final ClaudeClient second = client(there.baseUrl());
    private final Messages messages = first.messages().fallbackTo(second.messages());
    private final List<CallListener.End> ends = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        first.close();
        second.close();
        here.close();
        there.close();
    }

    private static ClaudeClient client(String baseUrl) {
        return ClaudeClient.builder()
                .apiKey("test")
                .baseUrl(baseUrl)
                .maxConcurrentRequests(1)
                .retry(RetryPolicy.defaults().withMaxRetries(1).withBackoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }

    @Test
    void theSecondIsAskedWhereNobodyListensAtTheFirst() {
        there.enqueue(reply("I am there"));
        try (ClaudeClient dead = client("http://127.0.0.1:" + ScriptedServer.closedPort())) {
            assertThat(text(Outcome.of(dead.messages().fallbackTo(second.messages()).stream(REQUEST))))
                    .isEqualTo("I am there");
        }
    }

    @Test
    void theSecondIsAskedOnceTheFirstHasUsedUpItsRetries() {
        here.enqueue(error(529), reply("").errorInStream("overloaded_error"));
        there.enqueue(reply("I am there"));

        assertThat(text(Outcome.of(messages.stream(REQUEST)))).isEqualTo("I am there");

        assertThat(here.requests()).hasSize(2);
        assertThat(there.requests()).hasSize(1);
        assertThat(there.requests().get(0).bodyText())
                .isEqualTo(here.requests().get(0).bodyText());
        assertThat(there.requests().get(0).header("x-stainless-retry-count")).contains("0");
    }

    @Test
    void theSecondIsLeftAloneWhileTheFirstAnswers() {
        here.enqueue(reply("I am here"));

        assertThat(text(Outcome.of(messages.stream(REQUEST)))).isEqualTo("I am here");
        assertThat(there.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void twoAnswersAreNeverMixedWhereverTheFirstBreaks(int events) {
        here.respondWith(request -> reply("one two three four").cut().afterEvents(events));
        there.enqueue(reply("I am there"));

        Outcome<StreamEvent> outcome = Outcome.of(messages.stream(REQUEST));

        if (events <= 1) {
            assertThat(text(outcome)).isEqualTo("I am there");
            assertThat(outcome.isComplete()).isTrue();
        } else {
            assertThat("one two three four").startsWith(text(outcome));
            assertThat(outcome.isComplete()).isFalse();
            assertThat(outcome.events()).hasSize(events);
            assertThat(there.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7})
    void aWholeMessageMayComeFromTheSecondWhereverTheFirstBreaks(int events) {
        here.respondWith(request -> reply("one two three four").cut().afterEvents(events));
        there.enqueue(reply("I am there"));

        assertThat(messages.create(REQUEST).blockOptional(WAIT))
                .hasValueSatisfying(answer -> assertThat(answer.text()).isEqualTo("I am there"));
    }

    @Test
    void textComesFromOneOfThem() {
        here.enqueue(error(503), error(503));
        there.enqueue(reply("I am there"));

        assertThat(messages.streamText(REQUEST).collect(Collectors.joining()).blockOptional(WAIT))
                .contains("I am there");
    }

    @Test
    void whenBothFailTheErrorIsTheSecondsAndRemembersTheFirsts() {
        here.respondWith(request -> error(529));
        there.respondWith(request -> error(500));

        ServerException streamed = Outcome.of(messages.stream(REQUEST)).error(ServerException.class);
        ServerException created = Outcome.of(messages.create(REQUEST)).error(ServerException.class);

        assertThat(List.of(streamed, created)).allSatisfy(failure -> {
            assertThat(failure.attempts()).isEqualTo(2);
            assertThat(failure.getSuppressed())
                    .filteredOn(OverloadedException.class::isInstance)
                    .singleElement()
                    .satisfies(cause ->
                            assertThat(((OverloadedException) cause).attempts()).isEqualTo(2));
        });
    }

    @Test
    void aRequestThatIsWrongIsNotSentElsewhere() {
        here.respondWith(request -> error(400));

        Outcome.of(messages.stream(REQUEST)).error(InvalidRequestException.class);
        Outcome.of(messages.create(REQUEST)).error(InvalidRequestException.class);

        assertThat(there.requests()).isEmpty();
    }

    @Test
    void aClientThatIsClosedIsMeantToBeSilent() {
        first.close();

        assertThat(Outcome.of(messages.stream(REQUEST))
                        .error(AdmissionException.class)
                        .reason())
                .isEqualTo(AdmissionException.Reason.CLOSED);
        assertThat(there.requests()).isEmpty();
    }

    @Test
    void aQueueThatIsFullSendsCallsElsewhere() {
        here.respondWith(request -> reply("never").stall());
        there.respondWith(request -> reply("I am there"));
        try (ClaudeClient full = ClaudeClient.builder()
                .apiKey("test")
                .baseUrl(here.baseUrl())
                .maxConcurrentRequests(1)
                .maxQueuedRequests(0)
                .build()) {
            Disposable busy = full.messages().stream(REQUEST).subscribe();
            Await.untilOrFail("a busy permit", WAIT, () -> here.activeStreams() == 1);

            assertThat(text(Outcome.of(full.messages().fallbackTo(second.messages()).stream(REQUEST))))
                    .isEqualTo("I am there");
            busy.dispose();
        }
    }

    @Test
    void otherOptionsHoldForBoth() {
        here.respondWith(request -> error(529));
        there.respondWith(request -> error(529));
        CallOptions once = CallOptions.none().withRetry(RetryPolicy.none()).withListener(new CallListener() {
            @Override
            public void onTerminal(End end) {
                ends.add(end);
            }
        });

        Outcome.of(messages.with(once).stream(REQUEST)).error(OverloadedException.class);

        assertThat(here.requests()).hasSize(1);
        assertThat(there.requests()).hasSize(1);
        assertThat(ends).hasSize(2).allMatch(end -> end.attempts() == 1);
    }

    @Test
    void severalCanStandInForEachOther() {
        here.respondWith(request -> error(529));
        there.enqueue(reply("I am there"));
        try (ClaudeClient dead = client("http://127.0.0.1:" + ScriptedServer.closedPort())) {
            Messages all = dead.messages().fallbackTo(first.messages()).fallbackTo(second.messages());

            assertThat(text(Outcome.of(all.stream(REQUEST)))).isEqualTo("I am there");
        }
    }

    @Test
    void bothAreFreeAgainAfterACancelInEitherOfThem() {
        here.enqueue(reply("one two three").stall().afterEvents(4), error(529), error(529));
        there.enqueue(reply("one two three").stall().afterEvents(4));

        messages.stream(REQUEST).take(1).blockLast(WAIT);
        messages.stream(REQUEST).take(1).blockLast(WAIT);
        Await.untilOrFail("no open stream", WAIT, () -> here.activeStreams() + there.activeStreams() == 0);

        assertThat(text(Outcome.of(first.messages().stream(REQUEST)))).isNotEmpty();
        assertThat(text(Outcome.of(second.messages().stream(REQUEST)))).isNotEmpty();
    }

    @Test
    void nobodyIsAskedAfterACancel() {
        here.respondWith(request -> error(529).retryAfter(Duration.ofSeconds(60)));
        Disposable call = messages.stream(REQUEST).subscribe();
        Await.untilOrFail("the first attempt", WAIT, () -> here.requests().size() == 1);

        call.dispose();
        Mono.when(first.closeGracefully(WAIT), second.closeGracefully(WAIT)).block(WAIT);

        assertThat(here.requests()).hasSize(1);
        assertThat(there.requests()).isEmpty();
    }

    @Test
    void aFailureToConnectIsKeptBesideTheOneThatFollows() {
        there.respondWith(request -> error(529));
        try (ClaudeClient dead = client("http://127.0.0.1:" + ScriptedServer.closedPort())) {
            OverloadedException failure = Outcome.of(dead.messages().fallbackTo(second.messages()).stream(REQUEST))
                    .error(OverloadedException.class);

            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(TransportException.class);
        }
    }

    private static String text(Outcome<StreamEvent> outcome) {
        return outcome.events().stream()
                .filter(ContentBlockDelta.class::isInstance)
                .map(event -> ((ContentBlockDelta) event).delta())
                .map(delta -> ((TextDelta) delta).text())
                .collect(Collectors.joining());
    }
}
