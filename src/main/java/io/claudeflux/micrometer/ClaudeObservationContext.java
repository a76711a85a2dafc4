package io.claudeflux.micrometer;

import io.claudeflux.CallListener.End;
import io.claudeflux.CallListener.Start;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ClaudeObservationConvention} and handlers know about a call.
 *
 * <p>It is the context of a sender, of kind {@code CLIENT}. What tracing writes into its carrier goes nowhere: each
 * attempt is an observation of its own, and its request carries the headers of that one.
 */
public final class ClaudeObservationContext extends SenderContext<Map<String, String>> {
    private final Start start;
    private final String requestModel;
    private volatile String responseModel = Words.NONE;
    private volatile @Nullable Duration timeToFirstChunk;
    private volatile @Nullable End end;
    private volatile boolean told;

    ClaudeObservationContext(Start start, String requestModel) {
        super((carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value), Kind.CLIENT);
        this.start = start;
        this.requestModel = requestModel;
        setCarrier(new LinkedHashMap<>());
        setRemoteServiceName("anthropic");
    }

    void begun(Duration elapsed) {
        timeToFirstChunk = elapsed;
    }

    void ended(End how, String model) {
        responseModel = model;
        end = how;
    }

    /** What a convention has to say; behind the end that is the last that it is asked for, but for a name. */
    @Override
    public Observation.Context addHighCardinalityKeyValues(KeyValues values) {
        told = end != null;
        return super.addHighCardinalityKeyValues(values);
    }

    /** Whether the end was told, so that handlers hear of it next. */
    boolean isTold() {
        return told;
    }

    /**
     * What is asked, and of whom.
     *
     * @return as the listener heard it; the model in it is whatever the application set
     */
    public Start start() {
        return start;
    }

    /**
     * How it ended.
     *
     * @return as the listener heard it, the failure included; empty as long as the call is under way
     */
    public Optional<End> end() {
        return Optional.ofNullable(end);
    }

    /**
     * How long it took from the subscription to the first content.
     *
     * @return that of the last attempt that got there; empty if none did, and for answers that are no streams
     */
    public Optional<Duration> timeToFirstChunk() {
        return Optional.ofNullable(timeToFirstChunk);
    }

    /**
     * The model that was asked for, as a tag may have it.
     *
     * @return one of about a hundred values; {@code other} beyond that, {@code none} where no model is asked
     */
    public String requestModel() {
        return requestModel;
    }

    /**
     * The model that answered, as a tag may have it.
     *
     * @return one of about a hundred values; {@code other} beyond that, {@code none} if no message had begun
     */
    public String responseModel() {
        return responseModel;
    }
}
