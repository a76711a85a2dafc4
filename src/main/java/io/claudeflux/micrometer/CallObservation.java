package io.claudeflux.micrometer;

import io.claudeflux.CallListener;
import io.claudeflux.error.ClaudeException;
import io.micrometer.observation.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one call. Locks itself, so that a cancel from another thread leaves no attempt behind that was
 * just being announced; otherwise nobody waits for the lock.
 */
final class CallObservation implements CallListener {
    private final Observation call;
    private final ClaudeObservationContext context;
    private final AttemptObservations attempts;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Observation attempt;
    private boolean ended;

    CallObservation(Observation call, ClaudeObservationContext context, AttemptObservations attempts) {
        this.call = call;
        this.context = context;
        this.attempts = attempts;
    }

    @Override
    public synchronized void onAttempt(Attempt next) {
        if (!ended) {
            headers.clear();
            attempt = attempts.start(next, headers);
        }
    }

    @Override
    public synchronized void onSend(Attempt next, BiConsumer<String, String> request) {
        headers.forEach(request);
    }

    @Override
    public synchronized void onFirstEvent(FirstEvent first) {
        context.begun(first.elapsed());
        if (!ended) {
            call.event(Observation.Event.of("first_chunk", "first chunk"));
        }
    }

    @Override
    public synchronized void onRetry(Retry retry) {
        ClaudeException failure = retry.failure();
        try {
            stopAttempt(Optional.of(failure), failure.requestId());
        } finally {
            if (!ended) {
                String wait = retry.delay().toMillis() + " ms";
                call.event(Observation.Event.of("retry", "retry after " + failure.label() + " in " + wait));
            }
        }
    }

    @Override
    public synchronized void onTerminal(End end) {
        ended = true;
        try {
            stopAttempt(end.failure(), end.answer().requestId());
        } finally {
            context.ended(end, attempts.models().bounded(end.servedBy().orElse("")));
            end.failure().map(LabelledFailure::new).ifPresent(call::error);
            call.stop();
        }
    }

    private void stopAttempt(Optional<ClaudeException> failure, Optional<String> requestId) {
        Observation last = attempt;
        attempt = null;
        if (last == null) {
            return;
        }
        requestId.ifPresent(id -> last.highCardinalityKeyValue("claude.flux.request.id", id));
        failure.ifPresent(error -> last.lowCardinalityKeyValue(AttemptObservations.ERROR, error.label())
                .error(new LabelledFailure(error)));
        last.stop();
    }
}
