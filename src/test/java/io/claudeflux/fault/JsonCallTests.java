package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.pause;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.TokenCount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What holds for a stream's call holds for one that is answered with a JSON value. */
@Timeout(30)
class JsonCallTests {
    private static final Script COUNTED = reply(json(200, "{\"input_tokens\":2095}"));
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<CallListener.End> ends = new CopyOnWriteArrayList<>();
    private final List<CallListener.Retry> retries = new CopyOnWriteArrayList<>();
    private final CallListener ear = new CallListener() {
        @Override
        public void onTerminal(End end) {
            ends.add(end);
        }

        @Override
        public void onRetry(Retry retry) {
            retries.add(retry);
        }
    };

    @Test
    void overloadIsTriedAgainAndHeardOf() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.listener(ear), reply(json(529, errorJson("overloaded_error", "busy"))), COUNTED)) {
            Outcome<TokenCount> outcome = count(bench);

            assertThat(outcome.events()).extracting(TokenCount::inputTokens).containsExactly(2095L);
            assertThat(bench.server().requests())
                    .extracting(sent -> sent.header("x-stainless-retry-count").orElse("?"))
                    .containsExactly("0", "1");
            assertThat(retries).singleElement().satisfies(retry -> {
                assertThat(retry.failed().endpoint()).isEqualTo("POST /v1/messages/count_tokens");
                assertThat(retry.failure()).isInstanceOf(OverloadedException.class);
            });
            assertThat(ends).singleElement().satisfies(end -> {
                assertThat(end.outcome()).isEqualTo(CallListener.Outcome.COMPLETED);
                assertThat(end.endpoint()).isEqualTo("POST /v1/messages/count_tokens");
                assertThat(end.attempts()).isEqualTo(2);
                assertThat(end.usage()).isEmpty();
                assertThat(end.servedBy()).isEmpty();
                assertThat(end.model()).isEqualTo("claude-sonnet-5-5");
            });
            assertThat(bench.client().metrics().calls().completed()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainEvenWhereWorkMustNotBeRepeated() {
        UnaryOperator<ClaudeClient.Builder> careful = b -> b.retry(FaultBench.RETRY.withRetryAmbiguous(false));
        try (FaultBench bench = FaultBench.serving(careful, reply(rst()), COUNTED)) {
            assertThat(count(bench).isComplete()).isTrue();
        }
    }

    @Test
    void anAnswerThatIsCutIsTriedAgain() {
        try (FaultBench bench = FaultBench.serving(
                reply(head(200, "content-type: application/json", "content-length: 100"), raw("{\"input"), fin()),
                COUNTED)) {
            assertThat(count(bench).isComplete()).isTrue();
        }
    }

    @Test
    void whatTheServerRefusesForGoodIsNotTriedAgainAndTheReportNamesTheEndpoint() {
        try (FaultBench bench =
                FaultBench.serving(reply(json(400, errorJson("invalid_request_error", "temperature: no"))))) {
            ClaudeException failure = count(bench).error(InvalidRequestException.class);

            assertThat(bench.server().reqs()).isEqualTo(1);
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(failure.requestId()).contains("req_t");
            assertThat(failure.report())
                    .contains("endpoint    POST " + bench.server().baseUrl() + "/v1/messages/count_tokens\n")
                    .contains("request     claude-sonnet-5-5");
        }
    }

    @Test
    void theServersWordOnRetriesCounts() {
        try (FaultBench bench = FaultBench.serving(
                reply(json(529, errorJson("overloaded_error", "busy"), "x-should-retry: false")), COUNTED)) {
            assertThat(count(bench).error(OverloadedException.class).attempts()).isEqualTo(1);
        }
    }

    @Test
    void retriesEndAndSayHowMany() {
        try (FaultBench bench = FaultBench.serving(reply(json(500, errorJson("api_error", "no"))))) {
            assertThat(count(bench).error(ClaudeException.class).attempts()).isEqualTo(3);
            assertThat(bench.server().reqs()).isEqualTo(3);
        }
    }

    @Test
    void silenceAheadOfTheHeadEndsInTheFirstByteClock() {
        Timeouts quick = Timeouts.defaults().withFirstByte(Duration.ofMillis(200));
        try (FaultBench bench = FaultBench.serving(b -> b.timeouts(quick).retry(RetryPolicy.none()), reply(hang()))) {
            assertThat(count(bench).error(ClockException.class).clock()).isEqualTo(ClockException.Clock.FIRST_BYTE);
        }
    }

    @Test
    void silenceWithinTheBodyEndsInTheIdleClock() {
        Timeouts quick = Timeouts.defaults().withIdle(Duration.ofMillis(200));
        try (FaultBench bench = FaultBench.serving(
                b -> b.timeouts(quick).retry(RetryPolicy.none()),
                reply(head(200, "content-type: application/json", "content-length: 100"), raw("{"), hang()))) {
            assertThat(count(bench).error(ClockException.class).clock()).isEqualTo(ClockException.Clock.IDLE);
        }
    }

    @Test
    void theTotalClockCoversAllAttempts() {
        Timeouts quick =
                Timeouts.defaults().withFirstByte(Duration.ofMillis(200)).withTotal(Duration.ofMillis(500));
        try (FaultBench bench =
                FaultBench.serving(b -> b.timeouts(quick).retry(FaultBench.RETRY.withMaxRetries(9)), reply(hang()))) {
            ClockException failure = count(bench).error(ClockException.class);

            assertThat(bench.server().reqs()).isBetween(2, 4);
            assertThat(failure.attempts()).isBetween(2, 4);
        }
    }

    @Test
    void cancelClosesTheConnectionAndGivesThePermitBack() {
        try (FaultBench bench =
                FaultBench.serving(b -> b.listener(ear).maxConcurrentRequests(1), reply(hang()), COUNTED)) {
            Recorder<TokenCount> call =
                    bench.subscribe(bench.client().messages().countTokens(FaultBench.request()), 1);
            bench.server().awaitReqs(1, SOON);

            call.cancel();

            bench.server().awaitSettled(SOON);
            assertThat(ends).extracting(CallListener.End::outcome).containsExactly(CallListener.Outcome.CANCELLED);
            assertThat(count(bench).isComplete()).isTrue();
        }
    }

    @Test
    void callsWaitForPermitsLikeAnyOther() {
        Timeouts quick = Timeouts.defaults().withQueue(Duration.ofMillis(100));
        try (FaultBench bench = FaultBench.serving(
                b -> b.maxConcurrentRequests(1).timeouts(quick).retry(RetryPolicy.none()), reply(hang()))) {
            Recorder<TokenCount> first =
                    bench.subscribe(bench.client().messages().countTokens(FaultBench.request()), 1);
            bench.server().awaitReqs(1, SOON);

            AdmissionException refused = count(bench).error(AdmissionException.class);

            assertThat(refused.reason()).isEqualTo(AdmissionException.Reason.QUEUE_TIMEOUT);
            assertThat(bench.client().metrics().models())
                    .extracting(ClientMetrics.Model::name)
                    .containsExactly("POST /v1/messages/count_tokens");
            first.cancel();
        }
    }

    @Test
    void whatIsNoJsonOrNotTheRightOneIsAProtocolFault() {
        try (FaultBench bench = FaultBench.serving(
                reply(response(200, "application/json", "{\"input_tokens\":")),
                reply(response(200, "application/json", "{\"tokens\":3}", "request-id: req_t")),
                reply(response(200, "text/html", "<html>")))) {
            StreamException broken = count(bench).error(StreamException.class);
            StreamException other = count(bench).error(StreamException.class);
            StreamException page = count(bench).error(StreamException.class);

            assertThat(broken.reason()).isEqualTo("bad_json");
            assertThat(other.reason()).isEqualTo("malformed");
            assertThat(other.requestId()).contains("req_t");
            assertThat(page.kind()).isEqualTo(StreamException.Kind.UNEXPECTED_CONTENT_TYPE);
        }
    }

    @Test
    void a429OfCountingKeepsBackNoMessageAndCutsNoPermits() {
        Script limited = reply(json(429, errorJson("rate_limit_error", "slow"), "retry-after: 30"));
        try (FaultBench bench =
                FaultBench.serving(b -> b.adaptiveConcurrency(1).retry(RetryPolicy.none()), limited, COUNTED)) {
            count(bench);

            assertThat(bench.client().metrics().permits().limit()).isEqualTo(4);
            assertThat(bench.client().metrics().models())
                    .singleElement()
                    .satisfies(lane -> assertThat(lane.closedFor()).isPositive());
            // Not a stream, which is all the same to what is asked here: it was let out at once.
            assertThat(bench.create().error(StreamException.class).kind())
                    .isEqualTo(StreamException.Kind.UNEXPECTED_CONTENT_TYPE);
        }
    }

    @Test
    void aClosedClientRefusesAndAGracefulOneWaitsForIt() {
        try (FaultBench bench =
                FaultBench.serving(reply(pause(Duration.ofMillis(300)), json(200, "{\"input_tokens\":1}")))) {
            Recorder<TokenCount> call =
                    bench.subscribe(bench.client().messages().countTokens(FaultBench.request()), 1);
            bench.server().awaitReqs(1, SOON);

            bench.client().closeGracefully(SOON).block(SOON);

            assertThat(call.outcome(SOON).isComplete()).isTrue();
            assertThat(count(bench).error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.CLOSED);
        }
    }

    @Test
    void optionsOfTheCallsHold() {
        try (FaultBench bench = FaultBench.serving(reply(rst()))) {
            Outcome<TokenCount> outcome = bench.observe(bench.client()
                    .messages()
                    .with(CallOptions.none().withRetry(RetryPolicy.none()).withListener(ear))
                    .countTokens(FaultBench.request()));

            assertThat(outcome.error(TransportException.class).attempts()).isEqualTo(1);
            assertThat(ends).hasSize(1);
            RecordedRequest sent = bench.server().request(0);
            assertThat(sent.method()).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLostOnAStaleConnectionGoesOutOnANewOneUnheard(boolean isGet) {
        Script good = isGet ? reply(json(200, "{\"data\":[],\"has_more\":false}")) : COUNTED;
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(RetryPolicy.none()).listener(ear).maxConcurrentRequests(1), good, reply(fin()), good)) {
            for (int i = 0; i < 2; i++) {
                Outcome<?> outcome =
                        isGet ? bench.observe(bench.client().models().list()) : count(bench);
                assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            }
            assertThat(bench.server().reqs()).isEqualTo(3);
            assertThat(bench.server().request(2).connection()).isEqualTo(1);
            assertThat(ends).extracting(CallListener.End::attempts).containsExactly(1, 1);
        }
    }

    @Test
    void manyCallsNeverHaveMoreConnectionsThanPermits() {
        try (FaultBench bench = FaultBench.serving(COUNTED)) {
            Outcome<TokenCount> outcome = bench.observe(
                    Flux.range(0, 500).flatMap(i -> bench.client().messages().countTokens(FaultBench.request()), 500));

            assertThat(outcome.n()).as(outcome.describe()).isEqualTo(500);
            assertThat(bench.server().conns()).isLessThanOrEqualTo(4);
        }
    }

    private static Outcome<TokenCount> count(FaultBench bench) {
        return bench.observe(bench.client().messages().countTokens(FaultBench.request()));
    }
}
