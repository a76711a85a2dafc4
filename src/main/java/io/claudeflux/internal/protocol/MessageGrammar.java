package io.claudeflux.internal.protocol;

import io.claudeflux.config.Terminal;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.ContentBlockStop;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import java.util.BitSet;

/**
 * The grammar of one streamed message:
 *
 * <pre>
 * START --message_start--> BODY --content_block_*--> BODY --message_delta--> TAIL --message_delta*--> TAIL --message_stop--> DONE
 * </pre>
 *
 * <p>Pings and unknown events may stand anywhere. Blocks are told apart by their index: each begins once, grows while
 * it is open, and stops before the message does. One instance serves one stream; it is confined to that stream's
 * signals.
 */
public final class MessageGrammar {
    private static final int MAX_BLOCKS = 10_000;

    private enum State {
        START("before message_start"),
        BODY("before message_delta"),
        TAIL("after message_delta"),
        DONE("after message_stop");

        private final String where;

        State(String where) {
            this.where = where;
        }
    }

    private final Terminal terminal;
    private final BitSet begun = new BitSet();
    private final BitSet open = new BitSet();
    private State state = State.START;
    private boolean hasStopReason;

    /**
     * A grammar for one stream.
     *
     * @param terminal what counts as its end
     */
    public MessageGrammar(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Whether {@code message_stop} was seen.
     *
     * @return true once the message is whole
     */
    public boolean isDone() {
        return state == State.DONE;
    }

    /**
     * Takes the next event.
     *
     * @param event the event
     * @throws StreamException PROTOCOL if it cannot stand here, LIMIT if there are too many blocks
     */
    public void check(StreamEvent event) {
        if (event instanceof ContentBlockDelta delta) {
            requireState(event, State.BODY);
            requireOpen(event, delta.index());
        } else if (event instanceof ContentBlockStart start) {
            requireState(event, State.BODY);
            begin(event, start.index());
        } else if (event instanceof ContentBlockStop stop) {
            requireState(event, State.BODY);
            requireOpen(event, stop.index());
            open.clear(stop.index());
        } else if (event instanceof MessageStart) {
            requireState(event, State.START);
            state = State.BODY;
        } else if (event instanceof MessageDelta delta) {
            tail(delta);
        } else if (event instanceof MessageStop) {
            requireState(event, State.TAIL);
            state = State.DONE;
        }
    }

    /**
     * Takes note that the body ended cleanly before {@code message_stop}.
     *
     * @throws StreamException INCOMPLETE unless the message may end here
     */
    public void end() {
        if (terminal == Terminal.LENIENT && state == State.TAIL && hasStopReason) {
            state = State.DONE;
            return;
        }
        String where = "between message_delta and message_stop";
        if (state == State.START) {
            where = state.where;
        } else if (state == State.BODY) {
            where = open.isEmpty() ? "between content blocks" : "inside a content block";
        }
        throw new StreamException(
                Fault.of(Kind.INCOMPLETE, "eof"),
                "the stream ended " + where + ", so the answer is cut; what arrived is in partial()",
                null,
                FailureContext.attempted(true));
    }

    private void tail(MessageDelta delta) {
        if (state != State.TAIL) {
            requireState(delta, State.BODY);
        }
        if (!open.isEmpty()) {
            throw violation("order", "message_delta came while content block " + open.nextSetBit(0) + " was open");
        }
        state = State.TAIL;
        hasStopReason = hasStopReason || delta.stopReason() != null;
    }

    private void begin(StreamEvent event, int index) {
        if (index < 0 || (index < MAX_BLOCKS && begun.get(index))) {
            throw violation("index", event.type() + " names block " + index + ", which began before or cannot be");
        }
        if (index >= MAX_BLOCKS) {
            throw new StreamException(
                    Fault.of(Kind.LIMIT, "blocks"),
                    "the stream holds more than " + MAX_BLOCKS + " content blocks",
                    null,
                    FailureContext.attempted(false));
        }
        begun.set(index);
        open.set(index);
    }

    private void requireOpen(StreamEvent event, int index) {
        if (index < 0 || !open.get(index)) {
            throw violation("index", event.type() + " names block " + index + ", which is not open");
        }
    }

    private void requireState(StreamEvent event, State required) {
        if (state != required) {
            throw violation("order", event.type() + " came " + state.where);
        }
    }

    private static StreamException violation(String reason, String message) {
        return new StreamException(
                Fault.of(Kind.PROTOCOL, reason),
                message + ": these events are not an answer of the Messages API",
                null,
                FailureContext.attempted(false));
    }
}
