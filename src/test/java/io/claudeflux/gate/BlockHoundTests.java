package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

class BlockHoundTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void waitingOnAParallelThreadIsCaught() {
        Mono<Boolean> waiting = Mono.fromCallable(() -> new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS));

        assertThatThrownBy(() -> waiting.subscribeOn(Schedulers.parallel()).block(LIMIT))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void connectingOnAnEventLoopIsCaught() throws IOException {
        // A class whose initialiser is caught blocking stays unusable for the whole JVM: initialise it here, where it
        // may.
        new Socket().close();
        LoopResources loops = LoopResources.create("blockhound-proof", 1, true);
        Scheduler eventLoop = Schedulers.fromExecutor(loops.onServer(false));
        Mono<Boolean> connecting = Mono.fromCallable(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 9)) {
                return socket.isConnected();
            }
        });

        assertThatThrownBy(() -> connecting.subscribeOn(eventLoop).block(LIMIT))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
        loops.disposeLater(Duration.ZERO, LIMIT).block(LIMIT);
    }

    @Test
    void waitingOnAThreadThatMayBlockIsLeftAlone() {
        Mono<Boolean> waiting = Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS));

        assertThat(waiting.subscribeOn(Schedulers.boundedElastic()).block(LIMIT))
                .isFalse();
    }

    @Test
    void loggingOnAParallelThreadIsTheBackendsBusiness() {
        Mono<Object> logging = Mono.fromRunnable(
                () -> LoggerFactory.getLogger(BlockHoundTests.class).warn("written on purpose, on a parallel thread"));

        assertThat(logging.subscribeOn(Schedulers.parallel()).block(LIMIT)).isNull();
    }
}
