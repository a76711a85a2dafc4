package io.claudeflux.micrometer;

import io.claudeflux.CallListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call an {@link Observation}, and each attempt of it an observation below that.
 *
 * <pre>{@code
 * ClaudeClient claude = ClaudeClient.builder().listener(ClaudeObservations.listener(registry)).build();
 * }</pre>
 *
 * <p>What comes of that is up to the handlers of the registry: with Micrometer's {@code DefaultMeterObservationHandler}
 * a timer {@code gen_ai.client.operation.duration}, with those of Micrometer Tracing a span {@code chat <model>} and
 * below it one for each attempt, {@code attempt 1} and so on. Each request carries the trace context of its attempt to
 * the server, and whatever else the application's propagators hand on, such as baggage; what cannot be a header is left
 * out. Names and tags are those of a {@link ClaudeObservationConvention}.
 *
 * <p>The parent is the observation in the subscriber's Reactor Context, where WebFlux puts it, under the key
 * {@code micrometer.observation}; or else the current one of the thread that subscribes, if any. Nothing here opens a
 * scope, uses hooks of Reactor or needs {@code context-propagation}.
 *
 * <p>The call has an event for each retry, with its cause and the wait, and one for the first chunk. An error of an
 * observation has the {@linkplain io.claudeflux.error.ClaudeException#label() label} of the failure for its message,
 * since a server's text may quote what was asked; handlers find the failure itself in
 * {@link ClaudeObservationContext#end()}.
 *
 * <p>Tags are bounded: models count as themselves as long as they look like the id of a model and are among the first
 * hundred that have {@code claude} in their name, or the first twenty that have not; all others are {@code other}.
 */
public final class ClaudeObservations implements CallListener {
    /** {@code ObservationThreadLocalAccessor.KEY}, without the library that its class needs. */
    private static final String PARENT = "micrometer.observation";

    static final ClaudeObservationConvention DEFAULT = new ClaudeObservationConvention() {};

    private final ObservationRegistry registry;
    private final @Nullable ClaudeObservationConvention convention;
    private final ModelNames models = new ModelNames();

    private ClaudeObservations(ObservationRegistry registry, @Nullable ClaudeObservationConvention convention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
    }

    /**
     * A listener that observes calls, with the names of {@link ClaudeObservationConvention}, or of a global convention
     * of the registry for {@link ClaudeObservationContext}.
     *
     * @param registry who is told; as long as it has no handler, nothing is done
     * @return a listener for any number of clients
     */
    public static CallListener listener(ObservationRegistry registry) {
        return new ClaudeObservations(registry, null);
    }

    /**
     * A listener that observes calls.
     *
     * @param registry who is told; as long as it has no handler, nothing is done
     * @param convention names and tags
     * @return a listener for any number of clients
     */
    public static CallListener listener(ObservationRegistry registry, ClaudeObservationConvention convention) {
        return new ClaudeObservations(registry, Objects.requireNonNull(convention, "convention"));
    }

    @Override
    public CallListener onCall(Start start) {
        if (registry.isNoop()) {
            return this;
        }
        ClaudeObservationContext context = new ClaudeObservationContext(start, models.bounded(start.model()));
        Observation call = Observation.createNotStarted(convention, DEFAULT, () -> context, registry);
        Observation parent = start.context().getOrDefault(PARENT, null) instanceof Observation known
                ? known
                : registry.getCurrentObservation();
        if (parent != null) {
            call.parentObservation(parent);
        }
        call.start();
        // Of a call that the registry does not want to know about, the attempts belong to whoever made it.
        return new CallObservation(
                call, context, new AttemptObservations(registry, call.isNoop() ? parent : call, models));
    }
}
