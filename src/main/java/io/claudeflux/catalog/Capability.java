package io.claudeflux.catalog;

import io.claudeflux.message.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model supports something, and which parts of it.
 *
 * @param supported whether it does as a whole; null if the server did not say
 * @param parts what it is made up of by the names on the wire, such as {@code low} and {@code xhigh} for effort, or
 *     {@code types} for thinking, whose parts are {@code enabled}, {@code adaptive} and so on; empty for most
 * @param extra the fields this version does not know, as one JSON object
 */
public record Capability(@Nullable Boolean supported, Map<String, Capability> parts, Json extra) {
    /**
     * Copies the parts, in their order.
     *
     * @throws NullPointerException if {@code parts} or {@code extra} is null
     */
    public Capability {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A capability without parts.
     *
     * @param supported whether the model has it
     * @return the capability
     */
    public static Capability of(boolean supported) {
        return new Capability(supported, Map.of(), Json.emptyObject());
    }

    /**
     * A part.
     *
     * @param name its name on the wire
     * @return the part; empty if the server did not tell of it, which is no no
     */
    public Optional<Capability> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /**
     * Whether the server said that this is not supported.
     *
     * @return false also where it said nothing
     */
    public boolean isDenied() {
        return Boolean.FALSE.equals(supported);
    }
}
