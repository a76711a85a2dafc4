package io.claudeflux.micrometer;

import io.claudeflux.CallListener;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
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
        headers.forEach((name, value) -> {
            try {
                request.accept(name, value);
            } catch (ConfigurationException unfit) {
                // What comes along with a trace, such as a name that is not ASCII, must not cost the trace.
            }
        });
    }

    @Override
    public synchronized void onFirstEvent(FirstEvent first) {
        if (!ended) {
            context.begun(first.elapsed());
            call.event(Observation.Event.of("first_chunk", "first chunk"));
        }
    }

    @Override
    public synchronized void onRetry(Retry retry) {
        ClaudeException failure = retry.failure();
        try {
            stopAttempt(failure.label(), failure.requestId());
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
        String error = Words.error(end);
        try {
            stopAttempt(error, end.answer().requestId());
        } finally {
            context.ended(end, attempts.models().bounded(end.servedBy().orElse("")));
            if (!error.equals(Words.NONE)) {
                call.error(new LabelledFailure(error));
            }
            stop();
        }
    }

    private void stop() {
        try {
            call.stop();
        } catch (RuntimeException broken) {
            if (!context.isTold()) {
                // It was the application's convention, and no handler has heard of the end yet.
                call.observationConvention(ClaudeObservations.DEFAULT).stop();
            }
            throw broken;
        }
    }

    private void stopAttempt(String error, Optional<String> requestId) {
        Observation last = attempt;
        attempt = null;
        if (last == null) {
            return;
        }
        requestId.ifPresent(id -> last.highCardinalityKeyValue("claude.flux.request.id", id));
        if (!error.equals(Words.NONE)) {
            last.lowCardinalityKeyValue(AttemptObservations.ERROR, error).error(new LabelledFailure(error));
        }
        last.stop();
    }
}
