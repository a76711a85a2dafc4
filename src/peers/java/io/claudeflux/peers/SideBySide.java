package io.claudeflux.peers;

import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The same scripts for every client, each on a server of its own. */
final class SideBySide {
    /** Enough for every client's default retries. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private SideBySide() {}

    /** What each client makes of one answer: its text, how it ended and how many requests were sent. */
    static Map<Peer, String> verdicts(Script... scripts) {
        return each(UnaryOperator.identity(), Bench::verdict, scripts);
    }

    /** What the look at a fresh client and its server shows, for each client. */
    static <T> Map<Peer, T> each(Function<Bench, T> look, Script... scripts) {
        return each(UnaryOperator.identity(), look, scripts);
    }

    /** The same with other settings for all. */
    static <T> Map<Peer, T> each(UnaryOperator<PeerSettings> settings, Function<Bench, T> look, Script... scripts) {
        Map<Peer, T> seen = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            try (ScriptedServer server = ScriptedServer.start(scripts);
                    PeerClient client = peer.open(settings.apply(PeerSettings.of(server.baseUrl())))) {
                seen.put(peer, look.apply(new Bench(server, client)));
            }
        }
        return seen;
    }

    /** The given words for each client, in the order of their columns. */
    static <T> Map<Peer, T> columns(T claudeFlux, T officialSdk, T springAi, T webClient) {
        return new EnumMap<>(Map.of(
                Peer.CLAUDE_FLUX, claudeFlux,
                Peer.OFFICIAL_SDK, officialSdk,
                Peer.SPRING_AI, springAi,
                Peer.WEB_CLIENT, webClient));
    }

    /** The one of a client. */
    static <T> T of(Peer peer, Map<Peer, T> seen) {
        return Objects.requireNonNull(seen.get(peer), peer.name());
    }

    /** Cancels on a thread of its own, for a cancel may block until the server lets go. */
    static Thread cancelAside(Iterable<? extends Recorder<?>> recorders) {
        Thread aside = new Thread(() -> recorders.forEach(Recorder::cancel), "cancel-aside");
        aside.setDaemon(true);
        aside.start();
        return aside;
    }

    /** One client and its server. */
    record Bench(ScriptedServer server, PeerClient client) {
        Recorder<String> subscribe() {
            return Recorder.subscribe(client.text(), Long.MAX_VALUE);
        }

        String verdict() {
            Outcome<String> outcome = Outcome.of(client.text(), LIMIT);
            Throwable error = outcome.error();
            String end = error == null ? "complete" : error.getClass().getSimpleName();
            return "'%s' %s, requests: %d".formatted(String.join("", outcome.events()), end, server.reqs());
        }
    }
}
