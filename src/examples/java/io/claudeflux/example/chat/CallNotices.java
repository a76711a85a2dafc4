package io.claudeflux.example.chat;

import io.claudeflux.CallListener;
import io.claudeflux.SseEvent;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * Hears one call and tells the page: each attempt, each wait for another one, and at the end what it took.
 *
 * <p>Attempts and waits come ahead of the answer, and there are a few of them: the buffer of the sink is bounded by the
 * retry policy. The total clock may end a call on another thread while an attempt is announced, hence the busy loop.
 */
final class CallNotices implements CallListener {
    private static final EmitFailureHandler PATIENTLY = EmitFailureHandler.busyLooping(Duration.ofSeconds(1));

    private final Sinks.Many<SseEvent> sink = Sinks.many().unicast().onBackpressureBuffer();
    private volatile @Nullable End end;

    /** What happens before the answer begins; completes with {@link #close()}. */
    Flux<SseEvent> beforeTheAnswer() {
        return sink.asFlux();
    }

    /** The answer has begun, or there will be none. */
    void close() {
        sink.emitComplete(PATIENTLY);
    }

    @Override
    public void onAttempt(Attempt attempt) {
        emit("attempt", Map.of("number", attempt.number()));
    }

    @Override
    public void onRetry(Retry retry) {
        ClaudeException failure = retry.failure();
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("attempt", retry.failed().number());
        notice.put("cause", Trouble.of(failure).title());
        notice.put("status", failure instanceof ApiException answer ? answer.effectiveStatus() : 0);
        notice.put("waitMillis", retry.delay().toMillis());
        emit("retry", notice);
    }

    @Override
    public void onTerminal(End terminal) {
        end = terminal;
    }

    /** What the call took; to be asked for when it has ended. */
    Flux<SseEvent> summary() {
        End ended = end;
        return ended == null ? Flux.empty() : Flux.just(event("summary", summary(ended)));
    }

    private static Map<String, Object> summary(End ended) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", ended.servedBy().orElse(ended.model()));
        summary.put("attempts", ended.attempts());
        summary.put("millis", ended.elapsed().toMillis());
        ended.usage().ifPresent(report -> {
            Usage usage = report.usage();
            summary.put("inputTokens", usage.totalInputTokens());
            summary.put("outputTokens", usage.outputTokens());
            summary.put("exact", report.isExact());
        });
        return summary;
    }

    private void emit(String name, Map<String, Object> data) {
        sink.emitNext(event(name, data), PATIENTLY);
    }

    private static SseEvent event(String name, Map<String, Object> data) {
        return new SseEvent(name, Json.of(data).text());
    }
}
