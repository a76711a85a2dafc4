package io.claudeflux.internal.http;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.StreamException;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends requests and hands on the bodies of good responses.
 *
 * <p>HTTP/1.1, uncompressed, without redirects, without Reactor Netty's own repetition of requests: what is sent again
 * is decided in one place, and not here. Connections come from a pool of its own that is as large as the number of
 * calls let in, so that calls never queue for connections behind the queue they have left. Event loops are the shared
 * ones.
 */
public final class HttpExchange {
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);
    private static final Duration POOL_WAIT = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final ConnectionProvider connections;
    private final HttpClient client;
    private final TransportErrors errors;
    /** From the beginning of their connect on; what comes when the group is closed is closed too. */
    private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private volatile boolean closed;

    /**
     * An exchange with one origin; opens nothing yet.
     *
     * @param settings what it needs to know
     */
    public HttpExchange(HttpSettings settings) {
        this.settings = settings;
        this.errors = new TransportErrors(settings);
        this.connections = ConnectionProvider.builder("claude-flux")
                .maxConnections(settings.maxConnections())
                // Calls are let in one for each connection: one only waits until the last user's is handed back.
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(POOL_WAIT)
                // Load balancers close idle connections after 30 s and more: ours go first, so that none is found dead.
                .maxIdleTime(MAX_IDLE)
                .evictInBackground(MAX_IDLE)
                .build();
        this.client = client();
    }

    private HttpClient client() {
        int maxHead = settings.limits().maxResponseHeaderBytes();
        // HTTP/1.1 is the default; asking for it by name would load every protocol's native library, QUIC's included.
        return HttpClient.create(connections)
                .disableRetry(true)
                .followRedirect(false)
                .noProxy()
                .channelGroup(channels)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .resolver(dns -> dns.queryTimeout(Duration.ofSeconds(5)))
                .doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                        .addFirst("claude-flux.connect", new ConnectBudget(channels))
                        .addAfter(NettyPipeline.HttpCodec, "claude-flux.1xx", new InformationalResponses()))
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(maxHead).maxInitialLineLength(8192));
    }

    /**
     * Sends a request. Cold: each subscription is an exchange of its own. A cancel closes the connection at once. An
     * error is signalled only once the connection is closed or back in its pool, and whatever the demand.
     *
     * @param call the request
     * @param onBody what becomes of the body of a 200 that carries an event stream
     * @param <T> what that yields
     * @return what {@code onBody} yields, or a {@link ClaudeException}: an error of the API, a head that no stream can
     *     follow, a clock, or a failure of the transport
     */
    public <T> Flux<T> post(HttpCall call, Function<HttpBody, ? extends Publisher<T>> onBody) {
        return Flux.defer(
                () -> closed ? Flux.error(TransportErrors.closed(null, Phase.CONNECTING)) : exchange(call, onBody));
    }

    private <T> Flux<T> exchange(HttpCall call, Function<HttpBody, ? extends Publisher<T>> onBody) {
        Exchange exchange = new Exchange(settings.timer());
        return client(call.timeouts().connect())
                .post()
                .uri(URI.create(settings.baseUrl() + call.path()))
                .send((request, out) -> {
                    // Per request, where Netty checks values once more; see HeaderRules.
                    call.headers().forEach(request::header);
                    request.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(call.body().length));
                    Duration firstByte = call.timeouts().firstByteOf(call.body().length);
                    call.sent();
                    return out.withConnection(connection -> exchange.sendOn(connection, firstByte))
                            .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(call.body())));
                })
                .response((response, bytes) -> exchange.receive()
                        ? receive(call, head(response), bytes, onBody)
                        : Mono.error(errors.expired(call)))
                .doOnTerminate(exchange::end)
                .doOnCancel(exchange::cancel)
                .contextWrite(context -> LateResponses.letGo(context.put(Exchange.class, exchange))) // ConnectBudget's
                .onErrorResume(error ->
                        exchange.over().thenMany(Mono.error(() -> mapped(error, exchange.phase(), call))));
    }

    /** Connections that are waited for differently long come from different pools, which Reactor Netty sees to. */
    private HttpClient client(Duration connect) {
        int millis = (int) Math.min(Integer.MAX_VALUE, connect.toMillis());
        return client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis);
    }

    private ClaudeException mapped(Throwable error, Phase phase, HttpCall call) {
        return closed && !(error instanceof ClaudeException)
                ? TransportErrors.closed(error, phase)
                : errors.map(error, phase, call);
    }

    private <T> Publisher<T> receive(
            HttpCall call,
            ResponseMetadata head,
            ByteBufFlux bytes,
            Function<HttpBody, ? extends Publisher<T>> onBody) {
        call.answered();
        if (ResponseRules.isApiError(head)) {
            // flatMapMany, not flatMap: errors must come without demand.
            return BoundedText.read(bytes, settings.limits().maxErrorBodyBytes(), settings.timer())
                    .flatMapMany(body -> Mono.error(settings.errors().apply(head, body)));
        }
        StreamException.Kind fault = ResponseRules.fault(head);
        if (fault == null) {
            Flux<ByteBuf> body = bytes.onErrorMap(error -> mapped(error, Phase.RECEIVING, call))
                    .concatWith(Mono.defer(this::endOfBody));
            return onBody.apply(ClockedBody.of(new HttpBody(head, body, () -> {}), call.timeouts(), settings.timer()));
        }
        Mono<String> excerpt = ResponseRules.isWorthReading(fault)
                ? BoundedText.read(bytes, ResponseRules.EXCERPT_BYTES, settings.timer())
                : Mono.just("");
        return excerpt.flatMapMany(body -> Mono.error(ResponseRules.exception(fault, head, body)));
    }

    /** A body that lasts as long as its connection ends cleanly when that is closed here, which is no end of it. */
    private Mono<ByteBuf> endOfBody() {
        return closed ? Mono.error(TransportErrors.closed(null, Phase.RECEIVING)) : Mono.empty();
    }

    private static ResponseMetadata head(HttpClientResponse response) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : response.responseHeaders().names()) {
            headers.put(
                    name.toLowerCase(Locale.ROOT), response.responseHeaders().getAll(name));
        }
        return new ResponseMetadata(response.status().code(), headers);
    }

    /**
     * Closes all connections at once and lets nothing new out; the shared event loops stay. What is under way ends in
     * an error. Harmless when repeated.
     *
     * @return cold; completes when all connections are closed
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            return FutureMono.deferFuture(channels::close).then(connections.disposeLater());
        });
    }

    /** Does what {@link #close()} does without waiting for the sockets. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
    public void closeNow() {
        closed = true;
        channels.close();
        connections.dispose();
    }
}
