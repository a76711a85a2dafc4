package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * An event this version does not know. New ones may come at any time, and mean no harm.
 *
 * @param type its name on the wire; empty if it has none
 * @param raw the whole JSON as it came
 */
public record UnknownEvent(String type, Json raw) implements StreamEvent {
    /**
     * Takes any JSON.
     *
     * @throws NullPointerException if an argument is null
     */
    public UnknownEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(raw, "raw");
    }
}
