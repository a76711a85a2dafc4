package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server says about the prompt cache, if {@link Diagnostics} asked for it.
 *
 * @param cacheMissReason why the cache was missed; null if it was not
 * @param extra the fields this version does not know, as one JSON object
 */
public record CacheDiagnostics(@Nullable CacheMiss cacheMissReason, Json extra) {
    /**
     * Takes any reason.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public CacheDiagnostics {
        Objects.requireNonNull(extra, "extra");
    }
}
