package io.claudeflux.micrometer;

import io.claudeflux.CallListener.Answer;
import io.claudeflux.CallListener.End;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the observation of a call is named, and what it tells: by default, what the OpenTelemetry conventions for
 * generative AI ask for in their newest form.
 *
 * <p>Override what should be otherwise. Dashboards made for Spring AI, or for older conventions, want
 * {@code gen_ai.system}:
 *
 * <pre>{@code
 * ClaudeObservationConvention convention = new ClaudeObservationConvention() {
 *     public KeyValues getLowCardinalityKeyValues(ClaudeObservationContext call) {
 *         return ClaudeObservationConvention.super.getLowCardinalityKeyValues(call).and("gen_ai.system", "anthropic");
 *     }
 * };
 * }</pre>
 *
 * <p>The texts that end an answer ({@code gen_ai.request.stop_sequences}) are left out: they are the application's.
 */
public interface ClaudeObservationConvention extends ObservationConvention<ClaudeObservationContext> {
    /** {@code gen_ai.client.operation.duration}, which is the name of the timer. */
    @Override
    default String getName() {
        return "gen_ai.client.operation.duration";
    }

    /** The operation and the model, such as {@code chat claude-sonnet-5-5}, which is the name of the span. */
    @Override
    default String getContextualName(ClaudeObservationContext call) {
        String operation = Words.operation(call.start().endpoint());
        return call.requestModel().equals(Words.NONE) ? operation : operation + " " + call.requestModel();
    }

    /**
     * Tags of the timer and of the span, always the same ones, from the start on: {@code gen_ai.operation.name}
     * ({@code chat}, {@code count_tokens}, {@code list_models}, {@code retrieve_model}), {@code gen_ai.provider.name},
     * {@code gen_ai.request.model}, {@code gen_ai.response.model}, {@code server.address}, {@code server.port},
     * {@code outcome} ({@code complete}, {@code cancelled}, {@code truncated}, {@code stalled}, {@code refused} in the
     * queue, {@code error}) and {@code error.type} ({@link io.claudeflux.error.ClaudeException#label()}, or
     * {@code other}). What is not known yet, or not at all, is {@code none}.
     */
    @Override
    default KeyValues getLowCardinalityKeyValues(ClaudeObservationContext call) {
        URI server = call.start().baseUrl();
        int standardPort = "http".equals(server.getScheme()) ? 80 : 443;
        return KeyValues.of(
                "gen_ai.operation.name",
                Words.operation(call.start().endpoint()),
                "gen_ai.provider.name",
                "anthropic",
                "gen_ai.request.model",
                call.requestModel(),
                "gen_ai.response.model",
                call.responseModel(),
                "server.address",
                server.getHost() == null ? Words.NONE : server.getHost(),
                "server.port",
                Integer.toString(server.getPort() < 0 ? standardPort : server.getPort()),
                "outcome",
                call.end().map(Words::outcome).orElse(Words.NONE),
                "error.type",
                call.end().map(Words::error).orElse(Words.NONE));
    }

    /**
     * Attributes of the span alone, as far as there is something to tell: numbers of the request, ids, tokens, the
     * reason of the end, the time to the first chunk in seconds, attempts, and the wait for permits in seconds.
     */
    @Override
    default KeyValues getHighCardinalityKeyValues(ClaudeObservationContext call) {
        List<KeyValue> told = new ArrayList<>();
        if (call.start().isStream()) {
            add(told, "gen_ai.request.stream", "true");
        }
        for (Map.Entry<String, Number> number : call.start().numbers().entrySet()) {
            add(told, "gen_ai.request." + number.getKey(), number.getValue());
        }
        call.timeToFirstChunk().ifPresent(time -> add(told, "gen_ai.response.time_to_first_chunk", seconds(time)));
        call.end().ifPresent(end -> add(told, end));
        return KeyValues.of(told);
    }

    private static void add(List<KeyValue> told, End end) {
        Answer answer = end.answer();
        add(told, "gen_ai.response.id", answer.messageId().orElse(null));
        add(
                told,
                "gen_ai.response.finish_reasons",
                answer.stopReason().map(StopReason::value).orElse(null));
        end.usage().map(UsageReport::usage).ifPresent(usage -> add(told, usage));
        add(told, "claude.flux.request.id", answer.requestId().orElse(null));
        add(told, "claude.flux.attempts", end.attempts());
        add(told, "claude.flux.events", end.eventsDelivered());
        add(told, "claude.flux.queue.wait", seconds(end.waited()));
    }

    private static void add(List<KeyValue> told, Usage usage) {
        add(told, "gen_ai.usage.input_tokens", usage.totalInputTokens());
        add(told, "gen_ai.usage.output_tokens", usage.outputTokens());
        add(told, "gen_ai.usage.cache_read.input_tokens", usage.cacheReadInputTokens());
        add(told, "gen_ai.usage.cache_creation.input_tokens", usage.cacheCreationInputTokens());
        Usage.OutputTokensDetails details = usage.outputTokensDetails();
        if (details != null) {
            add(told, "gen_ai.usage.reasoning.output_tokens", details.thinkingTokens());
        }
    }

    private static void add(List<KeyValue> told, String name, @Nullable Object value) {
        if (value != null) {
            told.add(KeyValue.of(name, value.toString()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ClaudeObservationContext;
    }
}
