package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Limits;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.Finding;
import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.PreflightException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.MessageRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What preflight does to a call: refused before anything is sent, or sent with a warning. */
@Timeout(60)
class PreflightFaultTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script REFUSED = reply(json(400, errorJson("invalid_request_error", "no")));
    private static final Script OVERLOADED = reply(json(529, errorJson("overloaded_error", "busy")));

    private static MessageRequest bad() {
        return FaultBench.request().toBuilder()
                .maxTokens(-1)
                .stopSequences(List.of(""))
                .assistant("Well")
                .build();
    }

    private static MessageRequest typo() {
        return FaultBench.request().toBuilder().model("claude-sonnet-5.5").build();
    }

    /** Keeps the warnings. */
    private static final class Ears implements CallListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onWarning(Warning warning) {
            heard.add("warning " + warning.model() + " " + warning.finding().path());
        }

        @Override
        public void onAttempt(Attempt attempt) {
            heard.add("attempt " + attempt.number() + " " + attempt.model());
        }
    }

    @Test
    void allProblemsAreToldAtOnceAndNothingIsSent() {
        try (FaultBench bench = FaultBench.serving(GOOD)) {
            PreflightException error =
                    bench.observe(bench.client().messages().stream(bad())).error(PreflightException.class);

            assertThat(error)
                    .hasMessage("the API would refuse this request, so it was not sent; it has 3 problems:"
                            + "\n  1. max_tokens: is -1; rule: max_tokens is 0 or more; 0 generates nothing and only warms"
                            + " the prompt cache; fix: set it to the longest answer you want, in tokens"
                            + "\n  2. stop_sequences[0]: is empty; rule: a stop sequence is not empty; fix: leave the empty"
                            + " one out"
                            + "\n  3. messages[1]: is an answer begun for the model, and \"claude-sonnet-5-5\" takes none;"
                            + " rule: models from Opus 4.6, Sonnet 4.6 and Mythos preview on do not go on with an answer"
                            + " begun for them; fix: end with a user turn: say there how the answer should begin, or ask"
                            + " for a form by output_config.format");
            assertThat(error.findings()).hasSize(3).allMatch(Finding::isRefusal);
            assertThat(error.setting()).isEqualTo("request");
            assertThat(error.origin()).isEqualTo(Origin.CONFIG);
            assertThat(error.attempts()).isZero();
            assertThat(error.isRetryable()).isFalse();
            assertThat(bench.server().conns()).isZero();
        }
    }

    @Test
    void theFaultsOfEachSubscriptionAreItsOwn() {
        try (FaultBench bench = FaultBench.serving(GOOD)) {
            assertThat(bench.observe(bench.client().messages().create(bad())).error())
                    .isNotNull();
            assertThat(bench.create().isComplete()).isTrue();
        }
    }

    @Test
    void itCanBeTurnedOffForAClient() {
        try (FaultBench bench = FaultBench.serving(b -> b.preflight(false).retry(RetryPolicy.none()), REFUSED, GOOD)) {
            bench.observe(bench.client().messages().stream(bad())).error(InvalidRequestException.class);
            Ears ears = new Ears();
            CallOptions options = CallOptions.none().withListener(ears);
            assertThat(bench.observe(bench.client().messages().with(options).stream(typo()))
                            .isComplete())
                    .isTrue();
            assertThat(ears.heard).containsExactly("attempt 1 claude-sonnet-5.5");
            assertThat(bench.logs().newest()).noneMatch(line -> line.contains("preflight:"));

            bench.observe(bench.client().messages().with(CallOptions.none().withPreflight(true)).stream(bad()))
                    .error(PreflightException.class);
            assertThat(bench.server().reqs()).isEqualTo(2);
        }
    }

    @Test
    void itCanBeTurnedOffForACall() {
        try (FaultBench bench = FaultBench.servingOnce(REFUSED)) {
            CallOptions options = CallOptions.none().withPreflight(false);
            bench.observe(bench.client().messages().with(options).stream(bad())).error(InvalidRequestException.class);
            assertThat(bench.server().reqs()).isEqualTo(1);
            bench.observe(bench.client().messages().stream(bad())).error(PreflightException.class);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    void aWarningIsHeardAheadOfEachCallAndLoggedOnce() {
        try (FaultBench bench = FaultBench.serving(GOOD, GOOD)) {
            Ears ears = new Ears();
            CallOptions options = CallOptions.none().withListener(ears);
            bench.observe(bench.client().messages().with(options).stream(typo()));
            bench.observe(bench.client().messages().with(options).stream(typo()));

            assertThat(ears.heard)
                    .containsExactly(
                            "warning claude-sonnet-5.5 model",
                            "attempt 1 claude-sonnet-5.5",
                            "warning claude-sonnet-5.5 model",
                            "attempt 1 claude-sonnet-5.5");
            assertThat(bench.logs().newest().stream().filter(line -> line.contains("preflight:")))
                    .containsExactly(
                            "WARN io.claudeflux.ClaudeClient preflight: model: is \"claude-sonnet-5.5\", which this"
                                    + " version does not know; rule: a model has the id that GET /v1/models lists; fix: the nearest"
                                    + " id is claude-sonnet-5-5, if you did not mean another (source: model ids of the official"
                                    + " Java SDK 3.11.0, as of 2026-11-21; told once)");
        }
    }

    @Test
    void aModelThatMustRefuseTheRequestIsPassedOver() {
        MessageRequest prefill = FaultBench.request().toBuilder()
                .model("claude-haiku-4-5")
                .assistant("Well")
                .build();
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(RetryPolicy.none()).fallbackModels("claude-opus-5-5", "claude-sonnet-4-5"),
                OVERLOADED,
                GOOD)) {
            Outcome<?> outcome = bench.observe(bench.client().messages().stream(prefill));

            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(bench.server().reqs()).isEqualTo(2);
            assertThat(bench.server().request(1).bodyText()).contains("claude-sonnet-4-5");
        }
    }

    @Test
    void whereNoModelIsLeftTheFirstFailureIsToldAndTheRefusalAlong() {
        MessageRequest prefill = FaultBench.request().toBuilder()
                .model("claude-haiku-4-5")
                .assistant("Well")
                .build();
        try (FaultBench bench = FaultBench.serving(
                b -> b.retry(RetryPolicy.none()).fallbackModels("claude-opus-5-5"), OVERLOADED, GOOD)) {
            OverloadedException error =
                    bench.observe(bench.client().messages().stream(prefill)).error(OverloadedException.class);

            assertThat(error.getSuppressed()).hasAtLeastOneElementOfType(PreflightException.class);
            assertThat(error.attempts()).isEqualTo(1);
            assertThat(bench.server().reqs()).isEqualTo(1);
        }
    }

    @Test
    void theVersionAndTheBetasAreThoseThatAreSent() {
        MessageRequest hot = FaultBench.request().toBuilder()
                .model("claude-opus-4-5")
                .extraBody("temperature", 0.5)
                .extraBody("thread", Map.of("type", "create"))
                .build();
        try (FaultBench bench = FaultBench.serving(b -> b.apiVersion(ApiVersion.V2026_10_21), GOOD)) {
            assertThat(paths(bench, hot)).containsExactly("temperature", "thread");
            assertThat(paths(
                            bench,
                            hot.toBuilder().beta("message-threads-2026-08-12").build()))
                    .containsExactly("temperature");
            assertThat(paths(
                            bench,
                            hot.toBuilder()
                                    .header("anthropic-beta", "x, message-threads-2026-08-12")
                                    .header("anthropic-version", "2023-06-01")
                                    .build()))
                    .isEmpty();
            assertThat(bench.server().conns()).isZero();
        }
    }

    private static List<String> paths(FaultBench bench, MessageRequest request) {
        return bench.client().messages().check(request).stream()
                .map(Finding::path)
                .toList();
    }

    @Test
    void aBodyThatIsTooLargeIsOneOfItsProblems() {
        MessageRequest large =
                FaultBench.request().toBuilder().system("x".repeat(1_000)).build();
        Limits limits = Limits.defaults().withMaxRequestBytes(500);
        try (FaultBench bench = FaultBench.serving(b -> b.limits(limits), GOOD)) {
            assertThat(bench.observe(bench.client().messages().stream(large))
                            .error(StreamException.class)
                            .reason())
                    .isEqualTo("request_body");
            CallOptions off = CallOptions.none().withPreflight(false);
            MessageRequest worse = large.toBuilder().maxTokens(-1).build();
            bench.observe(bench.client().messages().with(off).stream(worse)).error(StreamException.class);
            assertThat(bench.observe(bench.client().messages().stream(worse))
                            .error(PreflightException.class)
                            .findings())
                    .extracting(Finding::path)
                    .containsExactly("max_tokens", "$");
            assertThat(paths(bench, large)).containsExactly("$");
            assertThat(bench.server().conns()).isZero();
        }
    }

    @Test
    void bothClientsAreAskedWhatTheyFind() {
        try (FaultBench first = FaultBench.serving(GOOD);
                FaultBench second = FaultBench.serving(b -> b.apiVersion(ApiVersion.V2026_10_21), GOOD)) {
            MessageRequest request =
                    typo().toBuilder().extraBody("temperature", 1).build();
            assertThat(first.client()
                            .messages()
                            .fallbackTo(second.client().messages())
                            .check(request))
                    .extracting(Finding::path)
                    .containsExactly("model", "temperature");
        }
    }

    @Test
    void aBetaHeaderWithoutAnyNameIsNoFault() {
        try (FaultBench bench = FaultBench.serving(GOOD)) {
            MessageRequest odd = FaultBench.request().toBuilder()
                    .header("anthropic-beta", ", ,")
                    .build();

            assertThat(bench.client().messages().check(odd)).isEmpty();
        }
    }
}
