package io.claudeflux.fault;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.HookProbe;
import io.claudeflux.fixture.LogCapture;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;

/**
 * A scripted server, a client for it, and the checks that hold in every case.
 *
 * <p>{@link #close()} fails the test unless each subscription ended in exactly one terminal signal, errors were ours at
 * the top, every connection was closed or cleanly pooled within a second, nothing was dropped, and neither a log line
 * nor a stack trace held a piece of the key.
 */
final class FaultBench implements AutoCloseable {
    static final String KEY = Canary.KEY;
    /** Three attempts, with waits that keep the suite quick. */
    static final RetryPolicy RETRY = RetryPolicy.defaults()
            .withMaxRetries(2)
            .withTransientBackoff(Duration.ofMillis(10), Duration.ofMillis(40))
            .withThrottlingBackoff(Duration.ofMillis(10), Duration.ofMillis(40));

    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScriptedServer server;
    private final ClaudeClient client;
    private final HookProbe hooks = HookProbe.install();
    private final LogCapture logs = LogCapture.start(KEY, Canary.PROMPT);
    private final List<Recorder<?>> recorders = new CopyOnWriteArrayList<>();

    private FaultBench(ScriptedServer server, UnaryOperator<ClaudeClient.Builder> settings) {
        this.server = server;
        this.client = settings.apply(ClaudeClient.builder()
                        .apiKey(KEY)
                        .baseUrl(server.baseUrl())
                        .retry(RETRY)
                        .maxConcurrentRequests(4))
                .build();
    }

    /** A server that answers the requests with the scripts, and a client with the test settings. */
    static FaultBench serving(Script... scripts) {
        return serving(UnaryOperator.identity(), scripts);
    }

    /** The same with a client that asks once. */
    static FaultBench servingOnce(Script... scripts) {
        return serving(b -> b.retry(RetryPolicy.none()), scripts);
    }

    /** The same with other settings of the client. */
    static FaultBench serving(UnaryOperator<ClaudeClient.Builder> settings, Script... scripts) {
        return new FaultBench(ScriptedServer.start(scripts), settings);
    }

    /** A small request. */
    static MessageRequest request() {
        return MessageRequest.builder()
                .model("claude-sonnet-5-5")
                .maxTokens(64)
                .user(Canary.PROMPT)
                .build();
    }

    ScriptedServer server() {
        return server;
    }

    ClaudeClient client() {
        return client;
    }

    LogCapture logs() {
        return logs;
    }

    /** Streams an answer with unbounded demand, to its end. */
    Outcome<StreamEvent> stream() {
        return observe(client.messages().stream(request()));
    }

    /** Asks for a whole message. */
    Outcome<Message> create() {
        return observe(client.messages().create(request()));
    }

    /** Subscribes with unbounded demand and waits for the end, under the checks of this bench. */
    <T> Outcome<T> observe(Publisher<T> publisher) {
        return subscribe(publisher, Long.MAX_VALUE).outcome(LIMIT);
    }

    /** Subscribes under the checks of this bench; the caller steers demand and cancellation. */
    <T> Recorder<T> subscribe(Publisher<T> publisher, long demand) {
        Recorder<T> recorder = Recorder.subscribe(publisher, demand);
        recorders.add(recorder);
        return recorder;
    }

    /** Runs the checks, then takes everything down. */
    @Override
    public void close() {
        try (server;
                client;
                hooks;
                logs) {
            server.awaitSettled(SETTLE);
            if (server.failure() != null) {
                throw new AssertionError("The server could not read a request", server.failure());
            }
            recorders.forEach(this::check);
            hooks.assertNothingDropped();
            logs.assertClean();
        }
    }

    private void check(Recorder<?> recorder) {
        if (recorder.terminals() > 1) {
            throw new AssertionError(recorder.terminals() + " terminal signals for one subscription");
        }
        Throwable error = recorder.error();
        if (error == null) {
            return;
        }
        if (!(error instanceof ClaudeException ours)) {
            throw new AssertionError("An error of somebody else at the top", error);
        }
        StringWriter shown = new StringWriter();
        error.printStackTrace(new PrintWriter(shown));
        shown.write(ours.report());
        if (logs.betrays(shown.toString())) {
            throw new AssertionError("The error holds a piece of the key or of the prompt: " + shown);
        }
    }
}
