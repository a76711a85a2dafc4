package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Priority;

/**
 * Who asks, and for what.
 *
 * @param tenant takes turns with the other tenants; empty for those that have no name
 * @param priority who is more urgent goes first
 * @param estimate what is asked for
 */
public record Party(String tenant, Priority priority, Estimate estimate) {
    /** Somebody of whom nothing is known. */
    static final Party ANYBODY = new Party("", Priority.NORMAL, new Estimate("", false, 0, 0));
}
