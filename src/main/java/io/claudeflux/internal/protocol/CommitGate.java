package io.claudeflux.internal.protocol;

import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.UnknownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds the first events back until there is content, so that an error right behind {@code message_start} can be
 * retried without the subscriber ever seeing two beginnings.
 *
 * <p>Held are {@code message_start}, pings, and unknown events ahead of it. The first other event commits: everything
 * held is handed down in order, and from then on every event passes at once. Pings beyond {@value #MAX_HELD} are
 * dropped while held; they say nothing that matters later. As many unknown events are held, and one more commits. One
 * instance serves one stream; it is confined to that stream's signals.
 */
public final class CommitGate {
    private static final int MAX_HELD = 64;

    private final Runnable opened;
    private final List<StreamEvent> held = new ArrayList<>(2);
    private int pings;
    private int unknowns;
    private boolean started;
    private boolean committed;

    /**
     * A gate for one stream, closed.
     *
     * @param opened called once, when it opens, ahead of the first event
     */
    public CommitGate(Runnable opened) {
        this.opened = opened;
    }

    /**
     * Takes the next event, and hands down what may go.
     *
     * @param event the event
     * @param out called for each event that may go, in order
     */
    public void pass(StreamEvent event, Consumer<? super StreamEvent> out) {
        if (committed) {
            out.accept(event);
        } else if (!isHeld(event)) {
            committed = true;
            opened.run();
            held.forEach(out);
            held.clear();
            out.accept(event);
        }
    }

    private boolean isHeld(StreamEvent event) {
        if (event instanceof Ping) {
            if (pings++ < MAX_HELD) {
                held.add(event);
            }
            return true;
        }
        boolean isStart = event instanceof MessageStart;
        boolean isHeld = isStart || (event instanceof UnknownEvent && !started && unknowns++ < MAX_HELD);
        started = started || isStart;
        if (isHeld) {
            held.add(event);
        }
        return isHeld;
    }
}
