package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.protocol.CommitGate;
import io.claudeflux.internal.protocol.MessageGrammar;
import io.claudeflux.internal.protocol.Progress;
import io.claudeflux.internal.protocol.StreamFaults;
import io.claudeflux.internal.sse.FrameHandler;
import io.claudeflux.internal.sse.SseFrame;
import io.claudeflux.internal.sse.SseLimitException;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the frames of one response: the second half of the pipeline, without Reactor. One instance serves one
 * stream and is confined to its signals.
 *
 * <p>Each step is a small state machine; {@link #onEvent} is their order.
 */
final class MessageFrames implements FrameHandler<StreamEvent> {
    private final EventReader reader;
    private final StreamFaults faults;
    private final MessageGrammar grammar;
    private final Progress progress;
    private final Runnable progressed;
    private final Runnable ended;
    private final CommitGate gate;

    MessageFrames(EventReader reader, StreamFaults faults, MessageGrammar grammar, Watch watch) {
        this.reader = reader;
        this.faults = faults;
        this.grammar = grammar;
        this.progress = watch.progress();
        this.progressed = watch.progressed();
        this.ended = watch.ended();
        this.gate = new CommitGate(watch.begun());
    }

    /**
     * Who is told of what arrives.
     *
     * @param progress keeps it, for the case that the stream breaks
     * @param progressed restarts the progress clock
     * @param ended stops the clocks of the body: the rest is of no interest
     * @param begun told once, ahead of the first event that is handed down
     */
    record Watch(Progress progress, Runnable progressed, Runnable ended, Runnable begun) {}

    @Override
    public void onFrame(SseFrame frame, Consumer<? super StreamEvent> out) {
        StreamEvent event = reader.read(frame); // SseFrame -> StreamEvent; what is unknown is kept
        if (event != null) {
            onEvent(event, out);
        }
    }

    /** The same without the frame, for the few kinds that most of them are. */
    @Override
    public int take(byte[] bytes, int from, int end, Consumer<? super StreamEvent> out) {
        StreamEvent event = reader.read(bytes, from, end);
        if (event == null) {
            return from;
        }
        onEvent(event, out);
        return reader.behind();
    }

    private void onEvent(StreamEvent event, Consumer<? super StreamEvent> out) {
        faults.raise(event); // an error event -> a typed error
        grammar.check(event); // only what may stand here goes on
        progress.arrived(event);
        if (!(event instanceof Ping)) {
            progressed.run(); // pings keep a connection from looking dead, not from being stuck
        }
        if (grammar.isDone()) {
            ended.run();
        }
        gate.pass(event, out); // nothing goes down before there is content
    }

    /**
     * Some proxies eat the last blank line: a last block is taken all the same when its data is one whole JSON object,
     * and only then.
     */
    @Override
    public void onEnd(@Nullable SseFrame unfinished, Consumer<? super StreamEvent> out) {
        if (unfinished != null && EventReader.isWholeObject(unfinished.data())) {
            onFrame(unfinished, out);
        }
        if (!grammar.isDone()) {
            grammar.end();
            // The stop that a lenient client does without; subscribers still see how every stream ends.
            gate.pass(new MessageStop(), out);
        }
    }

    @Override
    public boolean isDone() {
        return grammar.isDone();
    }

    @Override
    public Throwable onFailure(Throwable error) {
        return progress.enrich(known(error));
    }

    private static ClaudeException known(Throwable error) {
        if (error instanceof ClaudeException exception) {
            return exception;
        }
        if (error instanceof SseLimitException limit) {
            return new StreamException(
                    Fault.of(Kind.LIMIT, limit.what()),
                    "the stream holds " + (limit.what().equals("line") ? "a line" : "an event") + " of more than "
                            + limit.limit() + " bytes; raise Limits.maxEventBytes if that is meant to be",
                    null,
                    FailureContext.attempted(false));
        }
        return new StreamException(
                Fault.of(Kind.PROTOCOL, "unexpected"),
                "reading the stream failed unexpectedly; please report it with its cause",
                error,
                FailureContext.attempted(false));
    }
}
