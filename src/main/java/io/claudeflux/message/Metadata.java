package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the application tells the server about a request.
 *
 * @param userId an opaque id of the person behind it; no name, mail address or number
 * @param extra the fields this version does not know, as one JSON object
 */
public record Metadata(@Nullable String userId, Json extra) {
    /**
     * Takes any id.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public Metadata {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Names the person behind the request.
     *
     * @param userId an opaque id
     */
    public Metadata(String userId) {
        this(userId, Json.emptyObject());
    }

    /** The id may tell who it is. */
    @Override
    public String toString() {
        return "Metadata[]";
    }
}
