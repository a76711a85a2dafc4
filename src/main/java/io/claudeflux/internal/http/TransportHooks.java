package io.claudeflux.internal.http;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * What a user of the library may do to Reactor Netty; see {@code ClaudeClient.Builder}, where both are documented.
 *
 * @param loops the event loops to run on, which belong to whoever handed them in; null for the shared ones
 * @param customizer what becomes of the HTTP client before our own rules are put on top
 */
public record TransportHooks(@Nullable LoopResources loops, UnaryOperator<HttpClient> customizer) {
    /**
     * Nothing is done to it.
     *
     * @return the shared event loops, and the HTTP client as it is
     */
    public static TransportHooks none() {
        return new TransportHooks(null, UnaryOperator.identity());
    }

    /**
     * With other event loops.
     *
     * @param loops never disposed here
     * @return a copy
     */
    public TransportHooks withLoops(LoopResources loops) {
        return new TransportHooks(loops, customizer);
    }

    /**
     * With another customizer.
     *
     * @param customizer called once for each client
     * @return a copy
     */
    public TransportHooks withCustomizer(UnaryOperator<HttpClient> customizer) {
        return new TransportHooks(loops, customizer);
    }
}
