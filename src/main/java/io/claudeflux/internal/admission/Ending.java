package io.claudeflux.internal.admission;

import io.claudeflux.error.ApiException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.RateLimitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param isComplete whether it completed
 * @param error why it failed; null if it completed or was cancelled
 */
record Ending(boolean isComplete, @Nullable Throwable error) {
    static final Ending COMPLETED = new Ending(true, null);
    static final Ending CANCELLED = new Ending(false, null);

    static Ending failed(Throwable error) {
        return new Ending(false, error);
    }

    /** Whether the server had too much to do, for this client or for all. */
    boolean isTurnedAway() {
        return error instanceof ApiException answer && answer.isThrottling();
    }

    /** How long the server wants to hear nothing of the model; null if it did not say so. */
    @Nullable Duration coolDown() {
        return error instanceof RateLimitException limit
                ? limit.retryAfter()
                        .filter(wait -> !wait.isZero() && !wait.isNegative())
                        .orElse(null)
                : null;
    }

    /** Whether the server may have done work of which it did not tell. */
    boolean mayHaveConsumed() {
        return error == null ? !isComplete : error instanceof ClaudeException failure && failure.isAmbiguous();
    }
}
