package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * The connections of one client: how they are made, how long they are kept, and their end.
 *
 * <p>They come from a pool of its own that is as large as the number of calls let in, so that calls never queue for
 * connections behind the queue they have left; or, for an {@link Exchange} that wants none that was used before, from
 * nowhere. All calls share the pool, however long each of them waits for a connection, which is therefore no option of
 * the HTTP client but a matter of the exchange.
 */
final class Connections implements ConnectionProvider {
    private static final Duration DNS_QUERY = Duration.ofSeconds(5);
    /** Reactor Netty would keep an address for as long as its record says, which may be days. */
    private static final Duration DNS_CACHE = Duration.ofSeconds(30);
    /** For a connect that no exchange waits for any more, such as one to the second address of a name. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final ConnectionProvider pool;
    private final HttpClient client;
    private final @Nullable AddressResolverGroup<?> ownResolver;
    /** From the beginning of their connect on; what comes when the group is closed is closed too. */
    private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private volatile boolean disposed;

    Connections(HttpSettings settings) {
        this.settings = settings;
        this.pool = pool(settings.pool());
        HttpClient customized = customized();
        boolean isResolvedHere = customized.configuration().resolver() == null;
        this.client = ruled(isResolvedHere ? resolved(customized) : customized);
        this.ownResolver = isResolvedHere ? client.configuration().resolver() : null;
    }

    private static ConnectionProvider pool(PoolSettings settings) {
        long maxIdle = settings.maxIdle().toMillis();
        return ConnectionProvider.builder("claude-flux")
                .maxConnections(settings.maxConnections())
                // Calls are let in one for each connection: one only waits until the last user's is handed back, and
                // for no longer than its connect clock allows.
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(Duration.ZERO)
                .evictionPredicate(
                        (connection, metadata) -> metadata.idleTime() >= maxIdle || ConnectionLife.isOver(connection))
                .evictInBackground(
                        settings.maxLife().compareTo(settings.maxIdle()) < 0 ? settings.maxLife() : settings.maxIdle())
                .build();
    }

    private HttpClient customized() {
        TransportHooks hooks = settings.hooks();
        HttpClient plain = HttpClient.create(this).noProxy().option(ChannelOption.SO_KEEPALIVE, true);
        HttpClient placed = hooks.loops() == null ? plain : plain.runOn(hooks.loops());
        HttpClient routed = hooks.proxy() == null ? placed : Tunnel.through(hooks.proxy(), placed);
        HttpClient secured = Trust.secured(hooks.trust(), hooks.keys(), routed);
        HttpClient customized = hooks.customizer().apply(secured);
        if (customized == null) {
            throw new ConfigurationException("httpClient", "httpClient returned null for a client", null);
        }
        if (customized.configuration().connectionProvider() != this) {
            throw new ConfigurationException(
                    "httpClient",
                    "httpClient must return what it makes of the client it was given, pool included",
                    null);
        }
        Tunnel.check(customized, settings);
        return customized;
    }

    /** Not ahead of the customizer, for a proxy leaves names to itself only where no resolver was set. */
    private static HttpClient resolved(HttpClient client) {
        return client.resolver(dns -> dns.queryTimeout(DNS_QUERY).cacheMaxTimeToLive(DNS_CACHE));
    }

    /** What the guarantees rest on, whatever the customizer has made of the client. */
    private HttpClient ruled(HttpClient client) {
        int maxHead = settings.limits().maxResponseHeaderBytes();
        HttpProtocol[] http11 = {HttpProtocol.HTTP11};
        // It is the default; asking for it by name would load every protocol's native library, QUIC's included.
        HttpClient spoken =
                Arrays.equals(client.configuration().protocols(), http11) ? client : client.protocol(http11);
        return spoken.disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .responseTimeout(null)
                .channelGroup(channels)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LONGEST_CONNECT.toMillis())
                .doOnChannelInit((observer, channel, remote) -> init(channel))
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(maxHead).maxInitialLineLength(8192));
    }

    private void init(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        ConnectionLife life = ConnectionLife.begin(channel, settings.pool().maxLife());
        pipeline.addFirst("claude-flux.connect", new ConnectBudget(channels, settings))
                .addBefore(NettyPipeline.HttpCodec, ConnectionLife.NAME, life)
                .addAfter(NettyPipeline.HttpCodec, "claude-flux.1xx", new InformationalResponses())
                .addAfter(NettyPipeline.HttpCodec, "claude-flux.garbled", new GarbledResponses());
    }

    HttpClient client() {
        return client;
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remote,
            @Nullable AddressResolverGroup<?> resolver) {
        return Mono.deferContextual(caller -> {
                    Exchange exchange = caller.getOrDefault(Exchange.class, null);
                    boolean isFresh = exchange != null && exchange.wantsNewConnection();
                    return (isFresh ? ConnectionProvider.newConnection() : pool)
                            .acquire(config, observer, remote, resolver);
                })
                .doFinally(end -> {
                    if (disposed) {
                        // A pool that was made while the others were closed.
                        pool.dispose();
                    }
                });
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    @Override
    public int maxConnections() {
        return pool.maxConnections();
    }

    /** Closes them all; the event loops stay, and whatever the customizer has brought along. */
    @Override
    public Mono<Void> disposeLater() {
        return Mono.defer(() -> {
            disposed = true;
            return FutureMono.deferFuture(channels::close)
                    .then(pool.disposeLater())
                    .then(Mono.fromRunnable(this::forgetNames));
        });
    }

    /** The same without waiting for the sockets. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
    public void dispose() {
        disposed = true;
        channels.close();
        pool.dispose();
        forgetNames();
    }

    private void forgetNames() {
        if (ownResolver != null) {
            ownResolver.close();
        }
    }
}
