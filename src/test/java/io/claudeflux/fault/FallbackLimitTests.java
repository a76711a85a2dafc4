package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.fin;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where nobody else is asked: work that must not be repeated, and a queue that is the same for all models. */
@Timeout(60)
class FallbackLimitTests {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script HANGING = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang());

    @Test
    void workThatMayBeDoneAndMustNotBeRepeatedIsNotGivenToAnotherModel() {
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(FaultBench.RETRY.withRetryAmbiguous(false)).fallbackModels("another"),
                reply(fin()),
                GOOD)) {
            TransportException error = bench.stream().error(TransportException.class);
            assertThat(error.isAmbiguous()).isTrue();
            assertThat(error.notRetried()).contains(NotRetried.AMBIGUOUS);
            assertThat(error.attempts()).isEqualTo(1);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    void workThatMayBeDoneAndMustNotBeRepeatedIsNotGivenToAnotherClient() {
        try (FaultBench bench =
                FaultBench.serving(b -> b.retry(FaultBench.RETRY.withRetryAmbiguous(false)), reply(fin()), GOOD)) {
            Messages messages = bench.client().messages();
            bench.observe(messages.fallbackTo(messages).stream(FaultBench.request()))
                    .error(TransportException.class);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    void theQueueClockIsNotWoundUpAgainForEachModel() {
        Duration queue = Duration.ofMillis(300);
        try (FaultBench bench = FaultBench.serving(b -> b.maxConcurrentRequests(1), HANGING)) {
            Recorder<StreamEvent> running = running(bench);
            Outcome<StreamEvent> outcome =
                    bench.observe(falling(bench, Timeouts.defaults().withQueue(queue)).stream(FaultBench.request()));
            assertThat(outcome.error(AdmissionException.class).reason())
                    .isEqualTo(AdmissionException.Reason.QUEUE_TIMEOUT);
            assertThat(outcome.elapsed()).isBetween(queue.minusMillis(5), queue.multipliedBy(2));
            running.cancel();
        }
    }

    @Test
    void aQueueThatIsFullIsFullForEveryModel() {
        List<CallListener.Retry> retries = new CopyOnWriteArrayList<>();
        try (FaultBench bench =
                FaultBench.serving(b -> b.maxConcurrentRequests(1).maxQueuedRequests(0), HANGING)) {
            Recorder<StreamEvent> running = running(bench);
            Messages messages = falling(bench, Timeouts.defaults())
                    .with(CallOptions.none().withListener(new CallListener() {
                        @Override
                        public void onRetry(Retry retry) {
                            retries.add(retry);
                        }
                    }));
            AdmissionException error =
                    bench.observe(messages.stream(FaultBench.request())).error(AdmissionException.class);
            assertThat(error.reason()).isEqualTo(AdmissionException.Reason.QUEUE_FULL);
            assertThat(retries).isEmpty();
            running.cancel();
        }
    }

    @Test
    void anAddressWhereNobodyListensIsTheSameForEveryModel() {
        try (ClaudeClient client = ClaudeClient.builder()
                .apiKey(FaultBench.KEY)
                .baseUrl("http://127.0.0.1:" + ScriptedServer.closedPort())
                .retry(FaultBench.RETRY)
                .fallbackModels("second", "third")
                .build()) {
            TransportException error =
                    Outcome.of(client.messages().stream(FaultBench.request())).error(TransportException.class);
            assertThat(error.kind()).isEqualTo(TransportException.Kind.CONNECT);
            assertThat(error.attempts()).isEqualTo(3);
        }
    }

    @Test
    void theWaitsOfAllModelsTogetherHaveOneLimit() {
        List<CallListener.Retry> retries = new CopyOnWriteArrayList<>();
        Duration most = Duration.ofMillis(250);
        CallListener listener = new CallListener() {
            @Override
            public void onRetry(Retry retry) {
                retries.add(retry);
            }
        };
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(FaultBench.RETRY.withMaxTotalDelay(most))
                        .fallbackModels("second", "third")
                        .listener(listener),
                reply(json(429, errorJson("rate_limit_error", "slow"), "retry-after-ms: 200")))) {
            RateLimitException error = bench.stream().error(RateLimitException.class);
            assertThat(error.notRetried()).contains(NotRetried.TOO_LONG);
            assertThat(error.attempts()).isEqualTo(4);
            assertThat(retries.stream().map(CallListener.Retry::delay).reduce(Duration.ZERO, Duration::plus))
                    .isLessThanOrEqualTo(most);
        }
    }

    private static Recorder<StreamEvent> running(FaultBench bench) {
        Recorder<StreamEvent> running =
                bench.subscribe(bench.client().messages().stream(FaultBench.request()), Long.MAX_VALUE);
        running.awaitValues(3, SOON);
        return running;
    }

    private static Messages falling(FaultBench bench, Timeouts timeouts) {
        return bench.client()
                .messages()
                .with(CallOptions.none().withTimeouts(timeouts).withFallbackModels("second", "third"));
    }
}
