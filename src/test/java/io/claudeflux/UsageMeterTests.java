package io.claudeflux;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.err;
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
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.catalog.Counters;
import io.claudeflux.catalog.UsageTotals;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.util.context.Context;

@Timeout(60)
class UsageMeterTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final MessageRequest REQUEST =
            MessageRequest.builder().model("an-alias").maxTokens(64).user("Hi").build();

    private final UsageMeter meter = new UsageMeter();

    @Test
    void aWholeAnswerIsExactAndCountsForTheModelThatGaveIt() {
        Counters counted = after(reply(h200(), chunk(good("hi")), end()));

        assertThat(counted.answers()).isEqualTo(1);
        assertThat(counted.isExact()).isTrue();
        assertThat(counted.outputTokens()).isPositive();
        assertThat(meter.totals().models()).hasSize(1).doesNotContain("an-alias");
    }

    @Test
    void anAnswerThatBreaksIsEstimated() {
        Counters counted = after(reply(h200(), chunk(ms() + bs(0) + d(0, "some words of an answer")), fin()));

        assertThat(counted)
                .returns(1L, Counters::answers)
                .returns(1L, Counters::estimated)
                .returns(0L, Counters::untold);
        assertThat(counted.estimatedOutputTokens()).isPositive().isEqualTo(counted.outputTokens());
    }

    @Test
    void anAttemptThatBeganAndWasMadeAgainCountsToo() {
        Counters counted = after(
                reply(h200(), chunk(ms() + err("overloaded_error")), end()), reply(h200(), chunk(good("hi")), end()));

        assertThat(counted).returns(2L, Counters::answers).returns(1L, Counters::estimated);
    }

    @Test
    void silenceBehindTheRequestIsUntoldAndARefusalIsNothing() {
        Counters counted = after(
                reply(rst()),
                reply(json(529, errorJson("overloaded_error", "busy"))),
                reply(json(400, errorJson("invalid_request_error", "no"))));

        assertThat(counted).isEqualTo(UsageTotals.untold("an-alias").total());
        assertThat(meter.totals().models()).containsExactly("an-alias");
    }

    @Test
    void cancelCountsWhatHadCome() {
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(ms() + bs(0) + d(0, "words")), hang()));
                ClaudeClient claude = client(server)) {
            Outcome.of(claude.messages().stream(REQUEST).take(3), LIMIT);

            assertThat(meter.totals().total())
                    .returns(1L, Counters::answers)
                    .returns(1L, Counters::estimated)
                    .returns(0L, Counters::untold);
        }
    }

    @Test
    void cancelAheadOfTheAnswerIsUntold() {
        try (ScriptedServer server = ScriptedServer.start(reply(hang()));
                ClaudeClient claude = client(server)) {
            Recorder<StreamEvent> call = Recorder.subscribe(claude.messages().stream(REQUEST), 1);
            server.awaitReqs(1, LIMIT);
            call.cancel();

            assertThat(meter.totals()).isEqualTo(UsageTotals.untold("an-alias"));
        }
    }

    @Test
    void endpointsThatCostNothingCountForNothing() {
        try (ScriptedServer server = ScriptedServer.start(reply(rst()), reply(json(200, "{\"input_tokens\":7}")));
                ClaudeClient claude = client(server)) {
            Outcome.of(claude.messages().countTokens(REQUEST), LIMIT);

            assertThat(meter.totals()).isEqualTo(UsageTotals.none());
        }
    }

    @Test
    void tenThousandEndsOfManyThreadsAreAllInIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<UsageTotals>> drained = IntStream.range(0, 16)
                    .mapToObj(thread -> threads.submit(() -> ends(thread)))
                    .toList();
            UsageTotals all = UsageTotals.none();
            for (Future<UsageTotals> each : drained) {
                all = all.plus(each.get());
            }
            all = all.plus(meter.drain());

            assertThat(all.total())
                    .returns(10_000L, Counters::answers)
                    .returns(5_000L, Counters::estimated)
                    .returns(30_000L, Counters::inputTokens)
                    .returns(50_000L, Counters::outputTokens);
            assertThat(all.models()).hasSize(4);
            assertThat(meter.totals()).isEqualTo(UsageTotals.none());
        } finally {
            threads.shutdownNow();
        }
    }

    /** 625 ends; some threads take away what has come together so far. */
    private UsageTotals ends(int thread) {
        UsageTotals drained = UsageTotals.none();
        for (int i = 0; i < 625; i++) {
            boolean isExact = (thread + i) % 2 == 0;
            meter.onTerminal(new CallListener.End(
                    CallListener.Outcome.COMPLETED,
                    "POST /v1/messages",
                    1,
                    6,
                    "asked",
                    new CallListener.Answer(
                            Optional.empty(), Optional.empty(), Optional.of("model-" + i % 4), Optional.empty()),
                    Duration.ZERO,
                    Duration.ZERO,
                    Optional.of(new UsageReport(Usage.of(3, 5), isExact)),
                    Optional.empty(),
                    Context.empty()));
            if (thread == 0 && i % 50 == 0) {
                drained = drained.plus(meter.drain());
            }
        }
        return drained;
    }

    private Counters after(Script... scripts) {
        try (ScriptedServer server = ScriptedServer.start(scripts);
                ClaudeClient claude = client(server)) {
            Outcome.of(claude.messages().stream(REQUEST), LIMIT);
            return meter.totals().total();
        }
    }

    private ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                .baseUrl(server.baseUrl())
                .listener(meter)
                .retry(RetryPolicy.defaults()
                        .withTransientBackoff(Duration.ofMillis(5), Duration.ofMillis(10))
                        .withThrottlingBackoff(Duration.ofMillis(5), Duration.ofMillis(10)))
                .build();
    }
}
