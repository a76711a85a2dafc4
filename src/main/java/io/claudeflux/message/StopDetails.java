package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer was refused.
 *
 * @param type {@code refusal} is the only kind today
 * @param category the policy area
 * @param explanation words for a person
 * @param extra the fields this version does not know, as one JSON object
 */
public record StopDetails(
        String type,
        @Nullable RefusalCategory category,
        @Nullable String explanation,
        Json extra) {
    /**
     * Takes any details.
     *
     * @throws NullPointerException if {@code type} or {@code extra} is null
     */
    public StopDetails {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extra, "extra");
    }
}
