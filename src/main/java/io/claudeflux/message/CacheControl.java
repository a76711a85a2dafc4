package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Marks the end of a prefix that the server may keep in its prompt cache.
 *
 * @param type the kind of cache; {@code ephemeral} is the only one today
 * @param ttl how long it lives, {@code 5m} or {@code 1h}; null leaves the server's default of five minutes
 * @param extra the fields this version does not know, as one JSON object
 */
public record CacheControl(String type, @Nullable String ttl, Json extra) {
    /**
     * Takes any kind and life.
     *
     * @throws NullPointerException if {@code type} or {@code extra} is null
     */
    public CacheControl {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A cache entry with the server's default life of five minutes.
     *
     * @return <code>{"type": "ephemeral"}</code>
     */
    public static CacheControl ephemeral() {
        return new CacheControl("ephemeral", null, Json.emptyObject());
    }

    /**
     * A cache entry that lives for an hour.
     *
     * @return <code>{"type": "ephemeral", "ttl": "1h"}</code>
     */
    public static CacheControl oneHour() {
        return new CacheControl("ephemeral", "1h", Json.emptyObject());
    }
}
