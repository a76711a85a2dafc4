package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import io.claudeflux.simulator.SimulatedRequest.Outcome;
import io.claudeflux.simulator.SimulatedRequest.Target;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** The HTTP server: reads requests, has them answered, keeps count of open streams, and goes away without a trace. */
final class Server implements AutoCloseable {

    private static final long STOP_SECONDS = 2;

    private final Settings settings;
    private final Endpoints endpoints;
    private final Consumer<SimulatedRequest> received;
    private final LoopResources loops;
    private final DisposableServer server;
    private final Set<OpenAnswer> underWay = ConcurrentHashMap.newKeySet();
    private final ServerCounts counts = new ServerCounts();
    private final AtomicLong ordinal = new AtomicLong();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** An answer that has not ended; counts as so many streams. */
    private record OpenAnswer(SimulatedRequest request, int weight) {}

    Server(Settings settings, Endpoints endpoints, Consumer<SimulatedRequest> received) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.received = received;
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        Json.of(null); // finds its binding, which reads files: now, and not on an event loop
        this.loops = LoopResources.create("claude-simulator", threads, true);
        this.server = bind();
    }

    private DisposableServer bind() {
        try {
            return HttpServer.create()
                    .host("127.0.0.1")
                    .port(settings.port())
                    .runOn(loops, false)
                    .option(ChannelOption.SO_BACKLOG, 4096)
                    .handle(this::handle)
                    .bindNow();
        } catch (RuntimeException failed) {
            stopLoops();
            throw new UncheckedIOException(new IOException("cannot listen on port " + settings.port(), failed));
        }
    }

    int port() {
        return server.port();
    }

    ServerCounts counts() {
        return counts;
    }

    private Mono<Void> handle(HttpServerRequest in, HttpServerResponse out) {
        SplittableRandom random = new SplittableRandom(settings.seed() + ordinal.getAndIncrement());
        Target target = Target.of(in.method().name(), in.uri());
        String requestId = new Ids(random).request();
        return RequestBody.read(in).flatMap(body -> {
            SimulatedRequest request = new SimulatedRequest(target, RequestBody.headers(in), body.text(), requestId);
            received.accept(request);
            Answer answer = body.isTooLarge()
                    ? endpoints.refuse(ErrorEnvelope.of(413), request)
                    : endpoints.answer(request, random);
            return write(request, answer, new Exchange(answer, channel(in)), out);
        });
    }

    private Mono<Void> write(SimulatedRequest request, Answer answer, Exchange exchange, HttpServerResponse out) {
        int weight = answer.isStream() ? 1 : 0;
        return Mono.defer(() -> {
            OpenAnswer open = new OpenAnswer(request, weight);
            underWay.add(open);
            counts.begin(weight);
            int status = answer.head() == null ? 0 : answer.head().status();
            counts.answered(status);
            request.answeredWith(status);
            return exchange.write(out).doFinally(signal -> finish(open, outcome(exchange)));
        });
    }

    private void finish(OpenAnswer open, Outcome outcome) {
        if (underWay.remove(open)) {
            counts.end(open.weight());
            open.request().end(outcome);
            settings.answered().accept(open.request());
        }
    }

    private Outcome outcome(Exchange exchange) {
        if (exchange.isBrokenOff() || isClosed.get()) {
            return Outcome.BROKEN_OFF;
        }
        return exchange.isWhole() ? Outcome.COMPLETED : Outcome.CANCELLED;
    }

    private static Channel channel(NettyInbound in) {
        AtomicReference<Channel> channel = new AtomicReference<>();
        in.withConnection(connection -> channel.set(connection.channel()));
        return Objects.requireNonNull(channel.get(), "channel");
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            server.dispose();
            stopLoops();
            // A loop may stop before it has told every answer of its end.
            underWay.forEach(open -> finish(open, Outcome.BROKEN_OFF));
        }
    }

    /**
     * A loop that stops closes its connections first. Waits as a plain thread does, not with {@code block()}: tests may
     * close the simulator on any thread.
     */
    private void stopLoops() {
        try {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(STOP_SECONDS))
                    .toFuture()
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // The loops are daemons and shutting down already; there is nothing left to do about it.
        }
    }
}
