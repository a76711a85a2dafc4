package io.claudeflux.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ExchangeTests {

    private static final int STEP_BYTES = 4096;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    private Mono<Void> endless(HttpServerRequest in, HttpServerResponse out) {
        String piece = "x".repeat(STEP_BYTES);
        Flux<Step> steps = Flux.<Step>generate(sink -> {
                    made.incrementAndGet();
                    sink.next(Step.send(piece));
                })
                .doOnCancel(cancelled::incrementAndGet);
        AtomicReference<Channel> channel = new AtomicReference<>();
        in.withConnection(connection -> channel.set(connection.channel()));
        Answer.Head head = new Answer.Head(200, Map.of("content-type", "text/plain"));
        return new Exchange(
                        new Answer(head, Duration.ZERO, steps, Duration.ZERO, true, tokens -> {}),
                        Objects.requireNonNull(channel.get()))
                .write(out);
    }

    @Test
    void aClientThatDoesNotReadStopsTheScript() throws Exception {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::endless)
                .bindNow();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            int stoppedAt = untilItStops();

            assertThat((long) stoppedAt * STEP_BYTES).isLessThan(16 * 1024 * 1024);
        }
        Flux.interval(Duration.ofMillis(20))
                .takeUntil(tick -> cancelled.get() > 0)
                .blockLast(Duration.ofSeconds(5));
        server.disposeNow();
    }

    private int untilItStops() {
        Integer last = Flux.interval(Duration.ofMillis(100))
                .map(tick -> made.get())
                .buffer(4, 1)
                .filter(counts -> counts.get(0) > 0 && counts.get(0).equals(counts.get(3)))
                .map(counts -> counts.get(0))
                .blockFirst(Duration.ofSeconds(15));
        assertThat(last).isNotNull();
        return last;
    }
}
