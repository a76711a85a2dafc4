package io.claudeflux.micrometer;

import io.claudeflux.CallListener.Attempt;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes observations of the attempts of one call.
 *
 * @param registry who is told
 * @param parent the call; null if that is not observed, nor whoever made it
 * @param models names of models
 */
record AttemptObservations(
        ObservationRegistry registry, @Nullable Observation parent, ModelNames models) {
    static final String ERROR = "error.type";

    /** Starts one, which writes the headers that tracing wants to be sent. */
    Observation start(Attempt attempt, Map<String, String> headers) {
        Observation observation = Observation.createNotStarted(
                "claude.flux.attempt",
                () -> {
                    SenderContext<Map<String, String>> context =
                            new SenderContext<>((carrier, name, value) -> headers.put(name, value), Kind.CLIENT);
                    context.setCarrier(headers);
                    context.setRemoteServiceName("anthropic");
                    return context;
                },
                registry);
        if (parent != null) {
            observation.parentObservation(parent);
        }
        return observation
                .contextualName("attempt " + attempt.number())
                .lowCardinalityKeyValues(KeyValues.of(
                        "gen_ai.operation.name",
                        Words.operation(attempt.endpoint()),
                        "gen_ai.request.model",
                        models.bounded(attempt.model()),
                        ERROR,
                        Words.NONE))
                .highCardinalityKeyValue(
                        "claude.flux.queue.wait",
                        Double.toString(attempt.waited().toNanos() / 1e9))
                .start();
    }
}
