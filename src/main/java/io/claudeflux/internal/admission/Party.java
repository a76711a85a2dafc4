package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Priority;

/**
 * Who asks, and for what.
 *
 * @param tenant takes turns with the other tenants; empty for those that have no name
 * @param priority who is more urgent goes first
 * @param estimate what is asked for; its model names the lane
 * @param isMetered whether it draws on the limits of messages: only then is the limiter asked for it, and only then
 *     does its end say something about how many may be under way
 */
public record Party(String tenant, Priority priority, Estimate estimate, boolean isMetered) {
    /** Somebody of whom nothing is known. */
    static final Party ANYBODY = new Party("", Priority.NORMAL, new Estimate("", false, 0, 0));

    /**
     * Somebody who asks for a message.
     *
     * @param tenant takes turns with the other tenants; empty for those that have no name
     * @param priority who is more urgent goes first
     * @param estimate what is asked for
     */
    public Party(String tenant, Priority priority, Estimate estimate) {
        this(tenant, priority, estimate, true);
    }
}
