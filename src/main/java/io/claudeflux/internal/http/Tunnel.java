package io.claudeflux.internal.http;

import io.claudeflux.config.Proxy;
import io.claudeflux.error.ConfigurationException;
import io.netty.channel.ChannelPipeline;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** The way through a proxy, and the rule that nobody on it can read along. */
final class Tunnel {
    /** As long as the JDK keeps an address, unless told otherwise. */
    private static final Duration KNOWN = Duration.ofSeconds(30);

    /** The exchange's clock covers the proxy too; Netty's would be another, which nobody has set. */
    private static final long NO_CLOCK = Duration.ofDays(7).toMillis();

    private Tunnel() {}

    /**
     * The client with connections made through the proxy, which finds the server. Its own name is looked up here, by
     * the JDK and so away from the event loops, and not by Reactor Netty, which would do that on them.
     */
    static HttpClient through(Proxy proxy, HttpClient client) {
        Mono<InetSocketAddress> address = Mono.fromCallable(
                        () -> new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port()))
                // The JDK's look-up blocks, and an event loop must not; one at a time, and none while the last is
                // known.
                .subscribeOn(Schedulers.boundedElastic())
                .cache(known -> KNOWN, error -> Duration.ZERO, () -> Duration.ZERO);
        return client.resolver(NoopAddressResolverGroup.INSTANCE)
                .proxyWhen((config, spec) -> address.map(found -> way(proxy, spec, found)));
    }

    private static ProxyProvider.Builder way(Proxy proxy, ProxyProvider.TypeSpec spec, InetSocketAddress address) {
        ProxyProvider.Builder way = spec.type(
                        proxy.type() == Proxy.Type.HTTP ? ProxyProvider.Proxy.HTTP : ProxyProvider.Proxy.SOCKS5)
                .socketAddress(address)
                .connectTimeoutMillis(NO_CLOCK);
        String password = proxy.password();
        return proxy.user() == null || password == null
                ? way
                : way.username(proxy.user()).password(user -> password);
    }

    /** Refuses a proxy, whoever set it, that would be shown the key: one for plain HTTP. */
    static void check(HttpClient client, HttpSettings settings) {
        if (isReadable(settings) && isProxied(client, settings)) {
            throw refusal();
        }
    }

    /**
     * The same for a proxy that is chosen anew for each connection, of which the client does not tell; null if fine.
     */
    static @Nullable ConfigurationException refusal(ChannelPipeline connection, HttpSettings settings) {
        boolean isProxied = connection.get(NettyPipeline.ProxyHandler) != null;
        return isProxied && isReadable(settings) ? refusal() : null;
    }

    private static boolean isReadable(HttpSettings settings) {
        return settings.baseUrl().getScheme().equals("http") && !settings.allowPlaintext();
    }

    private static ConfigurationException refusal() {
        return new ConfigurationException(
                "proxy",
                "proxy would see the key in clear text, since baseUrl is http: use https, or allowPlaintext(true)",
                null);
    }

    private static boolean isProxied(HttpClient client, HttpSettings settings) {
        if (settings.hooks().proxy() != null) {
            return true;
        }
        Supplier<? extends @Nullable ProxyProvider> supplier =
                client.configuration().proxyProviderSupplier();
        ProxyProvider way = supplier == null ? client.configuration().proxyProvider() : supplier.get();
        URI url = settings.baseUrl();
        int port = url.getPort() >= 0 ? url.getPort() : 80;
        return way != null && way.shouldProxy(InetSocketAddress.createUnresolved(bare(url.getHost()), port));
    }

    /** What connections are made to, for messages; null if that is the server itself, or not known here. */
    static @Nullable String name(HttpSettings settings) {
        Proxy proxy = settings.hooks().proxy();
        return proxy == null ? null : "the proxy " + proxy.host() + ":" + proxy.port();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
