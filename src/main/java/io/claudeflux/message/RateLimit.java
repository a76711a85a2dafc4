package io.claudeflux.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One rate limit as the server reported it.
 *
 * @param limit how much is allowed in one period; null if not said
 * @param remaining how much is left, token counts rounded by the server to the nearest thousand; null if not said
 * @param reset when all of it is available again; null if not said
 */
public record RateLimit(
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant reset) {}
