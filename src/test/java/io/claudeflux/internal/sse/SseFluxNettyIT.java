package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.SseFluxTests.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** The same over a real connection: who releases what, and when a connection is used again. */
@ExtendWith(DroppedSignals.class)
class SseFluxNettyIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();
    private final ConnectionProvider pool = ConnectionProvider.create("sse", 1);

    /** What the server answers with; one HTTP chunk for each item. */
    private Flux<String> answer = Flux.empty();

    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnChannelInit((observer, channel, remote) -> watch(channel))
            .handle((request, response) -> response.send(
                    answer.map(text -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)), flushed -> true))
            .bindNow(SOON);

    @AfterEach
    void everyBufferWasReleased() {
        server.disposeNow(SOON);
        pool.disposeLater().block(SOON);
        // The event loop may still be at the last one when the close of its connection is known here.
        Await.until(SOON, () -> buffers.stream().allMatch(buffer -> buffer.refCnt() == 0));
        assertThat(buffers)
                .isNotEmpty()
                .allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    private void watch(Channel channel) {
        connections.incrementAndGet();
        channel.closeFuture().addListener(future -> closed.countDown());
    }

    private Flux<String> items() {
        DrainPolicy drain = new DrainPolicy(Duration.ofMillis(200), 64 << 10, Schedulers.parallel());
        return HttpClient.create(pool)
                .get()
                .uri("http://127.0.0.1:" + server.port())
                .response((response, bytes) ->
                        SseFlux.decode(bytes.doOnNext(buffers::add), SseLimits.defaults(), WordHandler::new, drain));
    }

    @Test
    void aBodyReadToItsEndLeavesTheConnectionForTheNextRequest() {
        answer = Flux.just(words("a", "b"), words("end"), ": more\n");
        assertThat(items().collectList().block(SOON)).containsExactly("a", "b", "end");
        assertThat(items().collectList().block(SOON)).containsExactly("a", "b", "end");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aBodyThatDoesNotEndIsCutOffAndItsConnectionClosed() throws InterruptedException {
        answer = Flux.just(words("a", "end")).concatWith(Flux.never());
        assertThat(items().collectList().block(SOON)).containsExactly("a", "end");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(items().collectList().block(SOON)).containsExactly("a", "end");
        assertThat(connections).hasValue(2);
    }

    @Test
    void aServerThatGoesOnBehindTheEndIsCutOff() throws InterruptedException {
        answer = Flux.just(words("end"))
                .concatWith(Flux.just(": x\n".repeat(1000)).repeat(1000));
        assertThat(items().collectList().block(SOON)).containsExactly("end");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancellingClosesTheConnection() throws InterruptedException {
        answer = Flux.just(words("a", "b", "c")).concatWith(Flux.never());
        items().as(flux -> StepVerifier.create(flux, 2))
                .expectNext("a", "b")
                .thenCancel()
                .verify(SOON);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFaultClosesTheConnectionAndComesBehindTheItems() throws InterruptedException {
        answer = Flux.just(words("a", "fail")).concatWith(Flux.never());
        items().as(StepVerifier::create)
                .expectNext("a")
                .expectErrorMessage("mapped bad word")
                .verify(SOON);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAbortedBodyFailsBehindItsItems() {
        answer = Flux.just(words("a", "b")).concatWith(Flux.error(new IllegalStateException("abort")));
        items().as(flux -> StepVerifier.create(flux, 1))
                .expectNext("a")
                .thenRequest(9)
                .expectNext("b")
                .expectErrorMatches(e -> e instanceof WordHandler.Mapped)
                .verify(SOON);
    }

    @Test
    void itemsOneByOneFromAnotherThreadArriveInOrder() {
        List<String> expected = IntStream.range(0, 2000).mapToObj(i -> "w" + i).toList();
        answer = Flux.fromIterable(expected).map(SseFluxTests::words).concatWithValues(words("end"));
        assertThat(items().publishOn(Schedulers.parallel(), 1)
                        .filter(item -> !item.equals("end"))
                        .collectList()
                        .block(SOON))
                .isEqualTo(expected);
    }
}
