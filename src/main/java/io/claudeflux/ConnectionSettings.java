package io.claudeflux;

import io.claudeflux.config.Proxy;
import io.claudeflux.config.Timeouts;
import java.security.KeyStore;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * How a client's connections are made: the part of {@link ClaudeClient.Builder} that few applications need.
 *
 * @param <B> the builder it is part of
 */
public interface ConnectionSettings<B extends ConnectionSettings<B>> {
    /**
     * Sets the event loops that connections are served on, to share them or to size them. Else those that Reactor Netty
     * shares in this JVM.
     *
     * @param loops theirs is whoever made them: they are used, and never disposed by the client
     * @return this builder
     */
    B eventLoops(LoopResources loops);

    /**
     * Makes connections through a proxy, which tunnels TLS and sees neither keys nor prompts. Else they go straight to
     * the API, whatever the environment and the JVM's system properties say. A proxy that refuses or fails ends a call
     * in a {@link io.claudeflux.error.TransportException} of kind {@code PROXY}, never in an error of the API.
     *
     * @param proxy an HTTP or SOCKS 5 proxy; refused by {@link ClaudeClient.Builder#build} for a base URL that is plain
     *     {@code http}, unless {@link ClaudeClient.Builder#allowPlaintext} is set, since it would see the key
     * @return this builder
     */
    B proxy(Proxy proxy);

    /**
     * Makes connections through the proxy that {@code HTTPS_PROXY} or {@code ALL_PROXY} names, also in lower case,
     * unless {@code NO_PROXY} names the API's host; without one if none is set, or the API is plain {@code http}.
     *
     * @return this builder
     */
    B proxyFromEnvironment();

    /**
     * Sets whose certificates are trusted, such as the authority of a company that looks into TLS, in place of the
     * JVM's trust store. That the certificate is for the host that was asked is always checked; there is no switch for
     * either.
     *
     * @param certificates a store that was loaded and is not empty
     * @return this builder
     */
    B trustStore(KeyStore certificates);

    /**
     * Sets the certificate that the client shows where it is asked for one, as gateways do that want TLS from both
     * sides. Else it shows none. With several in the store, the one is shown that the server's list of authorities
     * allows.
     *
     * <pre>{@code
     * KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
     * keys.init(keyStore, password);
     * builder.clientCertificate(keys);
     * }</pre>
     *
     * @param keys a factory that was initialized
     * @return this builder
     */
    B clientCertificate(KeyManagerFactory keys);

    /**
     * Changes how connections are made, by way of the HTTP client: a name resolver, socket options, a metrics recorder,
     * a TLS context for what {@link #trustStore} and {@link #clientCertificate} cannot say.
     *
     * <pre>{@code
     * builder.httpClient(http -> http.bindAddress(() -> new InetSocketAddress(ourAddress, 0)));
     * }</pre>
     *
     * <p>What the promises of this library rest on is put on top and cannot be changed here: HTTP/1.1, no compression,
     * no redirects, no repetition by Reactor Netty, the comparison of the host with its certificate, the limit on
     * response headers, and the clocks of {@link Timeouts} instead of {@code responseTimeout} and the connect timeout.
     * It MUST NOT turn on {@code wiretap}, which writes keys and prompts to the log, nor trust everybody's
     * certificates, nor add handlers that end a connection by a clock of their own, which takes a slow consumer for a
     * silent server.
     *
     * @param customizer called once, by {@link ClaudeClient.Builder#build}; MUST return what it makes of the client it
     *     is given, whose connection pool it keeps
     * @return this builder
     */
    B httpClient(UnaryOperator<HttpClient> customizer);
}
