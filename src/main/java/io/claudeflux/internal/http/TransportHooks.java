package io.claudeflux.internal.http;

import io.claudeflux.config.Proxy;
import java.security.KeyStore;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * What a user of the library may do to the way of the bytes; see {@code ClaudeClient.Builder}, where all of it is
 * documented.
 *
 * @param loops the event loops to run on, which belong to whoever handed them in; null for the shared ones
 * @param proxy what connections are made through; null for none
 * @param trust the certificates to trust in place of the JVM's; null for those
 * @param keys what the client shows of itself; null for nothing
 * @param customizer what becomes of the HTTP client before our own rules are put on top
 */
public record TransportHooks(
        @Nullable LoopResources loops,
        @Nullable Proxy proxy,
        @Nullable KeyStore trust,
        @Nullable KeyManagerFactory keys,
        UnaryOperator<HttpClient> customizer) {
    /**
     * Nothing is done to it.
     *
     * @return the shared event loops, no proxy, the JVM's trust, and the HTTP client as it is
     */
    public static TransportHooks none() {
        return new TransportHooks(null, null, null, null, UnaryOperator.identity());
    }

    /**
     * With other event loops.
     *
     * @param loops never disposed here
     * @return a copy
     */
    public TransportHooks withLoops(LoopResources loops) {
        return new TransportHooks(loops, proxy, trust, keys, customizer);
    }

    /**
     * Through a proxy.
     *
     * @param proxy the proxy; null for none
     * @return a copy
     */
    public TransportHooks withProxy(@Nullable Proxy proxy) {
        return new TransportHooks(loops, proxy, trust, keys, customizer);
    }

    /**
     * With other trust.
     *
     * @param trust a store of certificates
     * @return a copy
     */
    public TransportHooks withTrust(KeyStore trust) {
        return new TransportHooks(loops, proxy, trust, keys, customizer);
    }

    /**
     * With a certificate of its own.
     *
     * @param keys a factory that was initialized
     * @return a copy
     */
    public TransportHooks withKeys(KeyManagerFactory keys) {
        return new TransportHooks(loops, proxy, trust, keys, customizer);
    }

    /**
     * With another customizer.
     *
     * @param customizer called once for each client
     * @return a copy
     */
    public TransportHooks withCustomizer(UnaryOperator<HttpClient> customizer) {
        return new TransportHooks(loops, proxy, trust, keys, customizer);
    }
}
