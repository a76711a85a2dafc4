package io.claudeflux.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer travels: when, in which pieces, and what goes wrong on the way.
 *
 * @param initialDelay silence before the response head
 * @param pace time between two deltas; null for the simulator's own
 * @param chunking how bytes are grouped; null for the simulator's own
 * @param pings where pings come
 * @param faults what goes wrong, in the order of its scripting
 */
record Delivery(
        Duration initialDelay,
        @Nullable Duration pace,
        @Nullable Chunking chunking,
        Pings pings,
        List<Fault> faults) {

    static final Delivery PLAIN = new Delivery(Duration.ZERO, null, null, Pings.NONE, List.of());

    Delivery withInitialDelay(Duration newDelay) {
        return new Delivery(newDelay, pace, chunking, pings, faults);
    }

    Delivery withPace(Duration newPace) {
        return new Delivery(initialDelay, newPace, chunking, pings, faults);
    }

    Delivery withChunking(Chunking newChunking) {
        return new Delivery(initialDelay, pace, newChunking, pings, faults);
    }

    Delivery withPings(Pings newPings) {
        return new Delivery(initialDelay, pace, chunking, newPings, faults);
    }

    Delivery withFaults(List<Fault> newFaults) {
        return new Delivery(initialDelay, pace, chunking, pings, List.copyOf(newFaults));
    }

    Delivery withFault(Fault.What what) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(Fault.first(what));
        return withFaults(more);
    }

    Delivery withLastFaultAt(Fault.Unit unit, long after) {
        if (faults.isEmpty()) {
            throw new IllegalStateException("name a fault first, then where it strikes: cut().afterEvents(3)");
        }
        List<Fault> moved = new ArrayList<>(faults);
        moved.set(moved.size() - 1, moved.get(moved.size() - 1).at(unit, after));
        return withFaults(moved);
    }

    /** What is left unsaid is taken from the simulator. */
    Delivery orElse(Duration defaultPace, Chunking defaultChunking) {
        return new Delivery(
                initialDelay,
                pace == null ? defaultPace : pace,
                chunking == null ? defaultChunking : chunking,
                pings,
                faults);
    }

    /**
     * For a body that is no stream of events: no pings, and what would strike between events strikes half-way through
     * it.
     */
    Delivery forOneBody(int length) {
        return withPings(Pings.NONE)
                .withFaults(faults.stream()
                        .map(fault -> fault.unit() == Fault.Unit.EVENTS && fault.after() > 0
                                ? fault.at(Fault.Unit.BYTES, length / 2)
                                : fault)
                        .toList());
    }

    /** How bytes are grouped into HTTP chunks: so many events each, or so many bytes each; the other number is zero. */
    record Chunking(int events, int bytes) {

        static final Chunking ONE_EVENT = ofEvents(1);

        static Chunking ofEvents(int events) {
            return new Chunking(atLeastOne("eventsPerChunk", events), 0);
        }

        static Chunking ofBytes(int bytes) {
            return new Chunking(0, atLeastOne("chunkBytes", bytes));
        }
    }

    static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be > 0 but was " + value);
        }
        return value;
    }

    /**
     * Pings among the events and during silences; zero means none.
     *
     * @param first the event before which the first one comes
     * @param everyEvents how many events lie between two
     * @param everySilent how much silence lies between two
     */
    record Pings(int first, int everyEvents, Duration everySilent) {

        static final Pings NONE = new Pings(0, 0, Duration.ZERO);

        boolean isBefore(long event) {
            return everyEvents > 0 && event >= first && (event - first) % everyEvents == 0;
        }
    }
}
