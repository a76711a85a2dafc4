package io.claudeflux.stream;

import io.claudeflux.message.Json;
import java.util.Objects;

/**
 * A delta this version does not know. The fold leaves the block as it is.
 *
 * @param type its name on the wire; empty if it has none
 * @param raw the whole JSON as it came
 */
public record UnknownDelta(String type, Json raw) implements Delta {
    /**
     * Takes any JSON.
     *
     * @throws NullPointerException if an argument is null
     */
    public UnknownDelta {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(raw, "raw");
    }
}
