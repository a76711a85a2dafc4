package io.claudeflux.fault;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.Messages;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A call that hangs in one phase under one short clock, with a client, a permit and a server of its own. */
final class Hang implements AutoCloseable {
    static final Duration FOREVER = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BACKOFF = Duration.ofSeconds(10);
    private static final Timeouts LONG = new Timeouts(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, FOREVER);

    private final HangPhase phase;
    private final @Nullable ScriptedServer server;
    private final @Nullable SilentPeer peer;
    private final ClaudeClient client;
    private final Messages messages;
    private final Gate read = new Gate();
    private final AtomicInteger keys = new AtomicInteger();
    private final List<CallListener.End> ends = new CopyOnWriteArrayList<>();
    private @Nullable Recorder<StreamEvent> holder;
    private volatile long began;
    private long subscribed;

    @SuppressWarnings("NullAway.Init") // set in start, where instances come from
    private Recorder<StreamEvent> recorder;

    private Hang(HangPhase phase, Timeouts timeouts, boolean perRequest) {
        this.phase = phase;
        this.peer = switch (phase) {
            case NOBODY_ACCEPTS -> SilentPeer.notAccepting();
            case TLS_HANDSHAKE_SILENT -> SilentPeer.reading();
            default -> null;
        };
        this.server = peer == null ? ScriptedServer.start(scripts()) : null;
        this.client = ClaudeClient.builder()
                .apiKey(this::key)
                .baseUrl(baseUrl())
                .maxConcurrentRequests(1)
                .retry(
                        phase == HangPhase.BACKOFF
                                ? RetryPolicy.defaults().withBackoff(BACKOFF, BACKOFF)
                                : RetryPolicy.none())
                .timeouts(perRequest ? LONG : timeouts)
                .build();
        CallListener listener = new CallListener() {
            @Override
            public void onTerminal(End end) {
                ends.add(end);
            }
        };
        CallOptions options = CallOptions.none().withListener(listener);
        this.messages = client.messages().with(perRequest ? options.withTimeouts(timeouts) : options);
    }

    private Script[] scripts() {
        Script good = reply(h200(), chunk(good("next")), end());
        return phase == HangPhase.WAITING_FOR_THE_KEY
                ? new Script[] {good}
                : new Script[] {phase.script(connection -> mark(), read), good};
    }

    /** Subscribes, and returns while the call is on its way into its phase. */
    static Hang start(HangPhase phase, Clock clock, Duration limit, boolean perRequest) {
        Hang hang = new Hang(phase, only(clock, limit), perRequest);
        hang.subscribe();
        return hang;
    }

    /** All clocks long but one. */
    static Timeouts only(Clock clock, Duration limit) {
        return switch (clock) {
            case CONNECT -> LONG.withConnect(limit);
            case QUEUE -> LONG.withQueue(limit);
            case FIRST_BYTE -> LONG.withFirstByte(limit);
            case IDLE -> LONG.withIdle(limit);
            case PROGRESS -> LONG.withProgress(limit);
            case TOTAL -> LONG.withTotal(limit);
        };
    }

    private void subscribe() {
        MessageRequest request = FaultBench.request();
        if (phase == HangPhase.UPLOAD_NOT_READ) {
            request = request.toBuilder().user("x".repeat(8 << 20)).build();
        }
        if (phase == HangPhase.WAITING_FOR_A_PERMIT) {
            holder = Recorder.subscribe(patient().stream(FaultBench.request()), Long.MAX_VALUE);
            holder.awaitValues(3, SOON);
        }
        subscribed = System.nanoTime();
        began = subscribed;
        recorder = Recorder.subscribe(messages.stream(request), Long.MAX_VALUE);
    }

    private void mark() {
        if (holder == null) {
            began = System.nanoTime();
        }
    }

    private Mono<String> key() {
        boolean isSilent = phase == HangPhase.WAITING_FOR_THE_KEY && keys.getAndIncrement() == 0;
        return isSilent ? Mono.never() : Mono.just(FaultBench.KEY);
    }

    private String baseUrl() {
        if (server != null) {
            return server.baseUrl();
        }
        String scheme = phase == HangPhase.TLS_HANDSHAKE_SILENT ? "https" : "http";
        return scheme + "://127.0.0.1:" + (peer == null ? 0 : peer.port());
    }

    /** The same client with clocks that do not matter. */
    private Messages patient() {
        return client.messages().with(CallOptions.none().withTimeouts(LONG));
    }

    Recorder<StreamEvent> recorder() {
        return recorder;
    }

    List<CallListener.End> ends() {
        return List.copyOf(ends);
    }

    /** Waits until there is a connection, in the phases that come behind one: a busy machine takes its time. */
    void awaitConnection() {
        if (server != null && phase != HangPhase.WAITING_FOR_THE_KEY) {
            server.awaitConns(1, SOON);
        }
    }

    /** How long after the subscription the silence began. */
    Duration untilSilence() {
        return Duration.ofNanos(began - subscribed);
    }

    Duration sinceSubscription() {
        return Duration.ofNanos(System.nanoTime() - subscribed);
    }

    /**
     * Waits until the peer has seen the close.
     *
     * @return how long after the subscription that was; null if there was nothing to see, or nobody was looking
     */
    @Nullable Duration awaitClose() throws InterruptedException {
        read.open();
        switch (phase) {
            case WAITING_FOR_A_PERMIT, WAITING_FOR_THE_KEY, NOBODY_ACCEPTS, BACKOFF -> {
                return null;
            }
            case TLS_HANDSHAKE_SILENT -> {
                return peer == null ? null : Duration.ofNanos(peer.awaitClose(SOON) - subscribed);
            }
            default -> {
                long closed = server == null ? 0 : server.connection(0).awaitPeerClose(SOON);
                return phase.isUnread() ? null : Duration.ofNanos(closed - subscribed);
            }
        }
    }

    /** Another call with the one permit there is. Behind a port that never answers it can only fail as this one did. */
    Outcome<Message> next(Duration connect) {
        if (holder != null) {
            holder.cancel();
        }
        Timeouts timeouts = server == null ? LONG.withConnect(connect) : LONG;
        return Outcome.of(client.messages()
                .with(CallOptions.none().withTimeouts(timeouts))
                .create(FaultBench.request()));
    }

    boolean canAnswer() {
        return server != null;
    }

    @Override
    public void close() {
        recorder.cancel();
        client.close();
        if (server != null) {
            server.close();
        }
        if (peer != null) {
            peer.close();
        }
    }
}
