package io.claudeflux.peers;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.peers.SideBySide.columns;
import static io.claudeflux.peers.SideBySide.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.peers.SideBySide.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reader presses Stop while the server says nothing. */
class CancelPeerTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Many hundred times what those need who close at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String BEGUN = ms() + bs(0) + d(0, "Hi");

    @Test
    void cancelOfAStalledStream() {
        assertThat(each(
                        bench -> {
                            Recorder<String> reader = bench.subscribe();
                            reader.awaitValues(1, SOON);
                            return cancel(bench, reader);
                        },
                        reply(h200(), chunk(BEGUN), hang())))
                .isEqualTo(columns(
                        "returned, connection closed",
                        "returned, connection closed",
                        "blocked, connection open",
                        "returned, connection closed"));
    }

    @Test
    void cancelAheadOfTheFirstByte() {
        assertThat(each(
                        bench -> {
                            Recorder<String> reader = bench.subscribe();
                            bench.server().awaitReqs(1, SOON);
                            return cancel(bench, reader);
                        },
                        reply(hang())))
                .isEqualTo(columns(
                        "returned, connection closed",
                        "returned, connection open",
                        "returned, connection open",
                        "returned, connection closed"));
    }

    private static String cancel(Bench bench, Recorder<String> reader) {
        Thread cancelling = SideBySide.cancelAside(List.of(reader));
        boolean closed =
                Await.until(PATIENCE, () -> bench.server().connection(0).isPeerClosed());
        boolean returned = Await.until(closed ? SOON : Duration.ZERO, () -> !cancelling.isAlive());
        bench.server().close();
        return (returned ? "returned" : "blocked") + ", connection " + (closed ? "closed" : "open");
    }

    @Test
    void usageOfACancelledCall() {
        AtomicReference<CallListener.@Nullable End> end = new AtomicReference<>();
        try (ScriptedServer server = ScriptedServer.start(reply(h200(), chunk(BEGUN), hang()));
                ClaudeClient client = ClaudeClient.builder()
                        .apiKey("test")
                        .baseUrl(server.baseUrl())
                        .listener(new CallListener() {
                            @Override
                            public void onTerminal(End how) {
                                end.set(how);
                            }
                        })
                        .build()) {
            client.messages()
                    .streamText(MessageRequest.builder()
                            .model(PeerSettings.MODEL)
                            .maxTokens(64)
                            .user(PeerSettings.PROMPT)
                            .build())
                    .take(1)
                    .blockLast(SOON);
        }
        CallListener.End ended = Objects.requireNonNull(end.get(), "no end");
        assertThat(ended.outcome()).isEqualTo(CallListener.Outcome.CANCELLED);
        assertThat(ended.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.usage().inputTokens()).isEqualTo(10);
            assertThat(usage.isExact()).isFalse();
        });
    }
}
