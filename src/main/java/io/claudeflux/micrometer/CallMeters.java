package io.claudeflux.micrometer;

import io.claudeflux.CallListener;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of calls, as {@link ClaudeMetrics} describes it. */
final class CallMeters implements CallListener {
    static final String TOKEN_USAGE = "gen_ai.client.token.usage";
    static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

    private static final String REQUEST_MODEL = "gen_ai.request.model";
    private static final String RESPONSE_MODEL = "gen_ai.response.model";

    private final MeterRegistry registry;
    private final Tags tags;
    private final ModelNames models = new ModelNames();

    CallMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        // There from the start, so that the first one is an increase that an alert sees.
        for (String retried : List.of("true", "false")) {
            broken("truncated", retried);
            broken("stalled", retried);
        }
    }

    @Override
    public CallListener onCall(Start start) {
        return new OfCall();
    }

    /** What is kept of a call until its end. */
    private final class OfCall implements CallListener {
        private volatile @Nullable Duration firstChunk;

        @Override
        public void onFirstEvent(FirstEvent first) {
            firstChunk = first.elapsed();
        }

        @Override
        public void onRetry(Retry retry) {
            ClaudeException failure = retry.failure();
            String asked = retry.failed().model();
            Counter.builder("claude.flux.retries")
                    .description("Attempts that failed and were made again")
                    .tags(tags)
                    .tags(REQUEST_MODEL, models.bounded(asked), "error.type", failure.label())
                    .register(registry)
                    .increment();
            countBroken(failure, "true");
            failure.usage()
                    .ifPresent(usage -> countTokens(
                            failure.partial()
                                    .map(partial -> partial.message().model())
                                    .orElse(asked),
                            usage.usage()));
        }

        @Override
        public void onTerminal(End end) {
            end.failure().ifPresent(failure -> countBroken(failure, "false"));
            Optional<Usage> usage = end.usage().map(UsageReport::usage);
            usage.ifPresent(consumed -> countTokens(end.servedBy().orElse(end.model()), consumed));
            Duration first = firstChunk;
            if (first == null && usage.isEmpty()) {
                return;
            }
            Tags known = tags.and(
                    "gen_ai.operation.name",
                    Words.operation(end.endpoint()),
                    "gen_ai.provider.name",
                    "anthropic",
                    REQUEST_MODEL,
                    models.bounded(end.model()),
                    RESPONSE_MODEL,
                    models.bounded(end.servedBy().orElse("")));
            if (first != null) {
                Timer.builder(TIME_TO_FIRST_CHUNK)
                        .description("Time from the subscription to the first content")
                        .tags(known)
                        .register(registry)
                        .record(first);
            }
            usage.ifPresent(consumed -> {
                measure(known.and("gen_ai.token.type", "input"), consumed.totalInputTokens());
                measure(known.and("gen_ai.token.type", "output"), consumed.outputTokens());
            });
        }
    }

    private void measure(Tags known, long tokens) {
        DistributionSummary.builder(TOKEN_USAGE)
                .description("Tokens of a call, whole or not")
                .tags(known)
                .register(registry)
                .record((double) tokens);
    }

    private void countTokens(String model, Usage usage) {
        String known = models.bounded(model);
        countTokens(known, "input", usage.inputTokens());
        countTokens(known, "cache_read", usage.cacheReadInputTokens());
        countTokens(known, "cache_creation", usage.cacheCreationInputTokens());
        countTokens(known, "output", usage.outputTokens());
    }

    private void countTokens(String model, String kind, @Nullable Long tokens) {
        if (tokens != null) {
            Counter.builder("claude.flux.tokens")
                    .description("Tokens consumed, those of failed attempts included")
                    .tags(tags)
                    .tags(RESPONSE_MODEL, model, "kind", kind)
                    .register(registry)
                    .increment(tokens);
        }
    }

    private void countBroken(ClaudeException failure, String retried) {
        if (Words.isTruncated(failure)) {
            broken("truncated", retried).increment();
        } else if (Words.isStalled(failure)) {
            broken("stalled", retried).increment();
        }
    }

    private Counter broken(String reason, String retried) {
        return Counter.builder("claude.flux.streams.broken")
                .description("Answers that had begun and were cut, or fell silent")
                .tags(tags)
                .tags("reason", reason, "retried", retried)
                .register(registry);
    }
}
