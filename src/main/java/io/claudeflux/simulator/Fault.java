package io.claudeflux.simulator;

import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong in the body of an answer, and where.
 *
 * @param what what happens
 * @param unit what {@code after} counts
 * @param after how much of the answer comes first
 */
record Fault(What what, Unit unit, long after) {

    static Fault first(What what) {
        return new Fault(what, Unit.EVENTS, 0);
    }

    Fault at(Unit newUnit, long newAfter) {
        if (newAfter < 0) {
            throw new IllegalArgumentException("a fault strikes after 0 or more " + newUnit + " but was " + newAfter);
        }
        return new Fault(what, newUnit, newAfter);
    }

    boolean isAt(Unit thatUnit, long position) {
        return unit == thatUnit && after == position;
    }

    List<Step> steps(String requestId) {
        if (what instanceof InStreamError failed) {
            return List.of(Step.send(failed.error().event(requestId)));
        }
        if (what instanceof Silence silence) {
            return List.of(new Step.Pause(silence.duration()));
        }
        return List.of(new Step.Stop(((Stop) what).ending()));
    }

    /** What can happen. */
    sealed interface What {}

    /** An {@code error} event; the answer ends behind it. */
    record InStreamError(ErrorEnvelope error) implements What {}

    /** The answer ends early, or never. */
    record Stop(Step.Ending ending) implements What {}

    /** A silence; the answer goes on behind it. */
    record Silence(Duration duration) implements What {}

    /** What a position counts. */
    enum Unit {
        EVENTS,
        BYTES,
        /** Nothing: the position is behind the last event. */
        END
    }
}
