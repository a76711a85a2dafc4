package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.flood;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.fixture.Recorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader that stops asking: who holds what the server goes on to send? */
class DemandPeerTests {
    private static final long SENT = 48L << 20;
    /** Long beside any pause of a reader that reads. */
    private static final Duration QUIET = Duration.ofMillis(2500);
    /** More than the socket buffers of both sides take. */
    private static final long BUFFERS = SENT / 3;

    @Test
    void readerAsksForOnePieceOnly() {
        assertThat(each(
                        bench -> {
                            Recorder<String> reader =
                                    Recorder.subscribe(bench.client().text(), 1);
                            reader.awaitValues(1, SideBySide.LIMIT);
                            bench.server().connection(0).awaitStall(QUIET, Duration.ofSeconds(40));
                            long taken = bench.server().bytesWritten();
                            bench.server().close();
                            SideBySide.cancelAside(List.of(reader));
                            return taken < BUFFERS ? "server waits" : taken >= SENT ? "all in memory" : "in between";
                        },
                        reply(h200(), chunk(ms() + bs(0) + d(0, "Hi")), flood(SENT, d(0, "x".repeat(2000))), hang())))
                .isEqualTo(columns("server waits", "all in memory", "server waits", "server waits"));
    }
}
