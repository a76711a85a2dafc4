package io.claudeflux.error;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a call failed.
 *
 * @param number 1 for the first, and on through all models of the call
 * @param model the model it asked
 * @param elapsed how long it took, from its permit to its failure
 * @param failure the type of the exception and what it says, in one line
 * @param requestId the server's id of the exchange; null if no response head arrived
 * @param delay how long the call waited before the next attempt; null behind the last
 */
public record FailedAttempt(
        int number,
        String model,
        Duration elapsed,
        String failure,
        @Nullable String requestId,
        @Nullable Duration delay) {
    /**
     * Takes the values.
     *
     * @throws NullPointerException if a value that is not nullable is null
     */
    public FailedAttempt {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(failure, "failure");
    }
}
