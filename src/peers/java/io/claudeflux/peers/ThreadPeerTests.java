package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.peers.SideBySide.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** What it takes to hold many answers open that are being thought about. */
class ThreadPeerTests {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final int ELASTIC = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
    /** Three times as many as Reactor's elastic pool has threads: 60 on 2 cores. */
    private static final int STREAMS = 3 * ELASTIC;

    @Test
    void manyStreamsThatAreOpenAtOnce() {
        Map<Peer, Load> loads = each(ThreadPeerTests::load, reply(h200(), chunk(ms() + bs(0) + d(0, "Hi")), hang()));

        int few = 10 + Runtime.getRuntime().availableProcessors();
        for (Peer onEventLoops : List.of(Peer.CLAUDE_FLUX, Peer.WEB_CLIENT)) {
            assertThat(SideBySide.of(onEventLoops, loads).begun()).isEqualTo(STREAMS);
            assertThat(SideBySide.of(onEventLoops, loads).added()).isLessThan(few);
        }
        assertThat(SideBySide.of(Peer.OFFICIAL_SDK, loads).begun()).isEqualTo(STREAMS);
        assertThat(SideBySide.of(Peer.OFFICIAL_SDK, loads).handlers()).isGreaterThanOrEqualTo(STREAMS);
        assertThat(SideBySide.of(Peer.SPRING_AI, loads).begun()).isBetween(1, ELASTIC);
    }

    /** Streams that have begun, new threads of any kind, and those of the SDK's handlers, new or used again. */
    private record Load(int begun, int added, long handlers) {}

    private static Load load(Bench bench) {
        Set<Thread> before = threads();
        Recorder<String> first = bench.subscribe();
        first.awaitValues(1, SideBySide.LIMIT); // the classes are loaded now
        List<Recorder<String>> readers = Stream.concat(
                        Stream.of(first), Stream.generate(bench::subscribe).limit(STREAMS - 1))
                .toList();
        Await.until(PATIENCE, () -> begun(readers) == STREAMS);
        Set<Thread> added = threads();
        added.removeAll(before);
        long handlers = threads().stream()
                .filter(thread -> thread.getName().startsWith("anthropic-stream-handler-"))
                .count();
        Load load = new Load(begun(readers), added.size(), handlers);
        bench.server().close();
        SideBySide.cancelAside(readers);
        return load;
    }

    private static int begun(Iterable<Recorder<String>> readers) {
        int begun = 0;
        for (Recorder<String> reader : readers) {
            begun += reader.n() > 0 ? 1 : 0;
        }
        return begun;
    }

    /** Without those of the server, two for each connection. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("scripted-"))
                .collect(Collectors.toSet());
    }
}
