package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.simulator.SimulatedRequest.Outcome;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpenStreamsTests {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    @Test
    void aClientThatLeavesEndsItsStreamAtOnce() {
        claude.respondWith(request -> reply("word ".repeat(10_000)).drip(Duration.ofMillis(5)));
        calls.textChunks().take(5).blockLast(WAIT);
        long left = System.nanoTime();

        Outcome outcome = claude.requests().get(0).outcome().block(WAIT);

        assertThat(outcome).isEqualTo(Outcome.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofMillis(500));
        assertThat(claude.activeStreams()).isZero();
    }

    @Test
    void aClientThatLeavesWhileNothingIsSentIsSeenToo() throws Exception {
        claude.enqueue(reply("Hello").stall().afterEvents(3));
        try (Socket socket = calls.openWithoutReading()) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(claude.activeStreams()).isOne();
        }

        assertThat(claude.requests().get(0).outcome().block(WAIT)).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aThousandOpenStreamsNeedFewThreads() {
        int streams = 1_000;
        claude.respondWith(request -> reply("Hello").stall().afterEvents(3));
        ConnectionProvider pool = ConnectionProvider.create("test", streams);
        HttpClient http = HttpClient.create(pool).baseUrl(claude.baseUrl());

        Disposable open = Flux.range(0, streams)
                .flatMap(i -> Calls.post(http, Calls.STREAM_REQUEST).responseContent(), streams)
                .subscribe();
        untilActiveStreamsAre(streams);

        assertThat(simulatorThreads()).isBetween(1, 4);
        open.dispose();
        untilActiveStreamsAre(0);
        pool.disposeLater().block(WAIT);
    }

    @Test
    void streamsAtTheSameTimeDoNotMix() {
        claude.respondWith(request -> reply(request.prompt().repeat(3)).drip(Duration.ofMillis(5)));

        Flux.range(0, 200)
                .flatMap(i -> calls.chunks(Calls.request(true, " number " + i))
                        .reduce(
                                new StringBuilder(),
                                (all, chunk) -> all.append(new String(chunk, StandardCharsets.UTF_8)))
                        .doOnNext(sse -> assertThat(Calls.text(sse.toString())).isEqualTo((" number " + i).repeat(3))))
                .count()
                .as(StepVerifier::create)
                .expectNext(200L)
                .expectComplete()
                .verify(WAIT);
    }

    private void untilActiveStreamsAre(int count) {
        Flux.interval(Duration.ofMillis(20))
                .takeUntil(tick -> claude.activeStreams() == count)
                .blockLast(Duration.ofSeconds(40));
    }

    private static int simulatorThreads() {
        Thread[] all = new Thread[Thread.activeCount() * 2];
        int count = Thread.enumerate(all);
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += all[i].getName().startsWith("claude-simulator") ? 1 : 0;
        }
        return found;
    }

    @Test
    void closingTheSimulatorBreaksOffOpenStreams() {
        claude.respondWith(request -> reply("Hello").stall().afterEvents(2));
        List<Disposable> open = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            open.add(calls.textChunks().onErrorComplete().subscribe());
        }
        untilActiveStreamsAre(50);

        claude.close();

        assertThat(claude.requests())
                .hasSize(50)
                .allSatisfy(request -> assertThat(request.outcome().block(WAIT)).isEqualTo(Outcome.BROKEN_OFF));
        assertThat(claude.activeStreams()).isZero();
        open.forEach(Disposable::dispose);
    }
}
