package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * Why an answer was refused.
 *
 * @param type {@code refusal} is the only kind today
 * @param category the policy area, an open set
 * @param explanation words for a person
 * @param extra the fields this version does not know, as one JSON object
 */
public record StopDetails(
        String type, @Nullable String category, @Nullable String explanation, Json extra) {}
