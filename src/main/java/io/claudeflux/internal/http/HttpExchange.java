package io.claudeflux.internal.http;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.StreamException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Sends requests and hands on the bodies of good responses.
 *
 * <p>HTTP/1.1, uncompressed, without redirects, without Reactor Netty's own repetition of requests: what is sent again
 * is decided elsewhere, but for a request that met a dead connection of the pool, see {@link StaleConnections}.
 */
public final class HttpExchange {
    private final HttpSettings settings;
    private final Connections connections;
    private final StaleConnections stale;
    private final TransportErrors errors;

    private volatile boolean closed;

    /**
     * An exchange with one origin; opens nothing yet.
     *
     * @param settings what it needs to know
     */
    public HttpExchange(HttpSettings settings) {
        this.settings = settings;
        this.errors = new TransportErrors(settings);
        this.connections = new Connections(settings);
        this.stale = new StaleConnections(() -> closed);
    }

    /**
     * What this layer is made of, for reports of failures.
     *
     * @return names and versions, such as {@code Reactor Netty 1.3.8, Netty 4.2.16.Final}; empty if the jars do not say
     */
    public static String platform() {
        return Stream.of(
                        named("Reactor Netty", HttpClient.class),
                        named("Netty", ByteBuf.class),
                        named("Reactor", Flux.class))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(String name, Class<?> member) {
        return Optional.ofNullable(member.getPackage().getImplementationVersion())
                .map(version -> name + " " + version);
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
        return exchange(call, new Reading<>(Expected.EVENT_STREAM, onBody));
    }

    /**
     * Sends a request that is answered with one JSON value, under the same rules; the clocks of its terms hold, that
     * for the whole exchange included.
     *
     * @param call the request
     * @param maxBytes the most that the answer may have
     * @return the answer of a 2xx with its head, or a {@link ClaudeException}
     */
    public Mono<Response<Json>> json(HttpCall call, int maxBytes) {
        Mono<Response<Json>> answer = exchange(
                        call, new Reading<>(Expected.JSON, body -> JsonAnswer.read(body, maxBytes)))
                .single();
        Duration total = call.timeouts().total();
        return total.isZero()
                ? answer
                : answer.timeout(total, Mono.error(() -> TransportErrors.overdue(call)), settings.timer());
    }

    /** What becomes of a good response, and which one that is. */
    private record Reading<T>(Expected expected, Function<HttpBody, ? extends Publisher<T>> onBody) {}

    private <T> Flux<T> exchange(HttpCall call, Reading<T> reading) {
        return Flux.defer(
                () -> closed ? Flux.error(TransportErrors.closed(null, Phase.CONNECTING)) : open(call, reading));
    }

    private <T> Flux<T> open(HttpCall call, Reading<T> reading) {
        Exchange exchange =
                Exchange.onAnyConnection(settings.timer(), call.timeouts().connect());
        return stale.replaced(
                exchange,
                call,
                each -> send(each, call, reading),
                (each, error) -> each.over().thenMany(Mono.error(() -> mapped(error, each.phase(), call))));
    }

    private <T> Flux<T> send(Exchange exchange, HttpCall call, Reading<T> reading) {
        Duration firstByte = call.timeouts().firstByteOf(call.body().length);
        Supplier<ClaudeException> unconnected = () -> TransportErrors.unconnected(call, null);
        return connections
                .client()
                .request(HttpMethod.valueOf(call.method()))
                .uri(URI.create(settings.baseUrl() + call.target()))
                .send((request, out) -> {
                    // Per request, where Netty checks values once more; see HeaderRules.
                    call.headers().forEach(request::header);
                    if (call.hasBody()) {
                        request.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(call.body().length));
                    }
                    out.withConnection(connection -> exchange.sendOn(connection, firstByte));
                    if (exchange.phase() != Phase.SENDING) {
                        return Mono.never(); // too late, and about to be cancelled
                    }
                    call.sent();
                    return call.hasBody()
                            ? out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(call.body())))
                            : out;
                })
                .response((response, bytes) -> exchange.receive()
                        ? receive(exchange, call, HttpBody.of(head(response, call), bytes), reading)
                        : Mono.error(errors.expired(call)))
                .transform(Operators.<T, T>lift(
                        (source, actual) -> new ExchangeSubscriber<T>(actual, exchange, unconnected)));
    }

    private ClaudeException mapped(Throwable error, Phase phase, HttpCall call) {
        return closed && !(error instanceof ClaudeException)
                ? TransportErrors.closed(error, phase)
                : errors.map(error, phase, call);
    }

    private <T> Publisher<T> receive(Exchange exchange, HttpCall call, HttpBody body, Reading<T> reading) {
        call.answered();
        ResponseMetadata head = body.head();
        Flux<ByteBuf> text = body.bytes().doOnCancel(exchange::doom);
        if (ResponseRules.isApiError(head)) {
            // flatMapMany, not flatMap: errors must come without demand.
            return BoundedText.read(text, settings.limits().maxErrorBodyBytes(), settings.timer())
                    .flatMapMany(told -> Mono.error(settings.errors().apply(head, call.withoutSecrets(told))));
        }
        StreamException.Kind fault = ResponseRules.fault(head, reading.expected());
        if (fault == null) {
            BodyEnd end = new BodyEnd(exchange::doom, error -> endOfBody(error, call));
            return reading.onBody().apply(ClockedBody.of(body, end, call.timeouts(), settings.timer()));
        }
        Mono<String> excerpt = ResponseRules.isWorthReading(fault)
                ? BoundedText.read(text, ResponseRules.EXCERPT_BYTES, settings.timer())
                : Mono.just("");
        return excerpt.flatMapMany(told ->
                Mono.error(ResponseRules.exception(fault, head, reading.expected(), call.withoutSecrets(told))));
    }

    /** A body that lasts as long as its connection ends cleanly when that is closed here, which is no end of it. */
    private @Nullable Throwable endOfBody(@Nullable Throwable error, HttpCall call) {
        if (error != null) {
            return mapped(error, Phase.RECEIVING, call);
        }
        return closed ? TransportErrors.closed(null, Phase.RECEIVING) : null;
    }

    /** Headers too go into messages, such as the request's id, and where a redirect leads. */
    private static ResponseMetadata head(HttpClientResponse response, HttpCall call) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : response.responseHeaders().names()) {
            List<String> values = response.responseHeaders().getAll(name);
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    values.stream().map(call::withoutSecrets).toList());
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
            return connections.disposeLater();
        });
    }

    /** Does what {@link #close()} does without waiting for the sockets. */
    public void closeNow() {
        closed = true;
        connections.dispose();
    }
}
