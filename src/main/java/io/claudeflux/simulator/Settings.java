package io.claudeflux.simulator;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a simulator was started with.
 *
 * @param port the loopback port; 0 for any
 * @param pace time before each delta
 * @param chunking how bytes are grouped
 * @param seed what everything made up follows from
 * @param apiKey the only key let in; null for any
 * @param isValidating whether requests are checked
 * @param hasRateLimitHeaders whether answers carry the limits
 * @param limits the limits of each model
 * @param keptRequests how many requests are remembered
 * @param answered told of every request whose answer has ended
 */
record Settings(
        int port,
        Duration pace,
        Delivery.Chunking chunking,
        long seed,
        @Nullable String apiKey,
        boolean isValidating,
        boolean hasRateLimitHeaders,
        Quotas.Plan limits,
        int keptRequests,
        Consumer<SimulatedRequest> answered) {}
