package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lanes that are in use, by name. Not thread-safe: it belongs to the lock of {@link Permits}. */
final class Lanes {
    /** As many may be kept without need before somebody looks. */
    private static final int MANY = 64;

    private final Map<String, Lane> byName = new HashMap<>();

    Lane of(Estimate estimate, long now) {
        String name = Lane.nameOf(estimate);
        Lane lane = byName.get(name);
        if (lane == null) {
            if (byName.size() >= MANY) {
                byName.values().removeIf(idle -> idle.isForgettable(now));
            }
            lane = new Lane(name, now);
            byName.put(name, lane);
        }
        return lane;
    }

    boolean isKeptBack(Estimate estimate, long now) {
        Lane lane = byName.get(Lane.nameOf(estimate));
        return lane != null && (lane.isTooSlow() || !lane.isReady(now));
    }

    /** Returns how many wait for an answer of the limiter. */
    int asking() {
        int asking = 0;
        for (Lane lane : byName.values()) {
            asking += lane.asking() == null ? 0 : 1;
        }
        return asking;
    }

    @Nullable Hold<?> anyAsking() {
        for (Lane lane : byName.values()) {
            Hold<?> asking = lane.asking();
            if (asking != null) {
                lane.asked(asking);
                return asking;
            }
        }
        return null;
    }

    /** Whether anyone waits in a lane that keeps nobody back. */
    boolean hasReady(long now) {
        for (Lane lane : byName.values()) {
            if (lane.waiting() > 0 && lane.isReady(now)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the time until the first lane lets somebody go; 0 if that is no question of time. */
    long shortestWait(long now) {
        long shortest = 0;
        for (Lane lane : byName.values()) {
            long wait = lane.waiting() == 0 ? 0 : lane.waitAt(now);
            if (wait > 0 && (shortest == 0 || wait < shortest)) {
                shortest = wait;
            }
        }
        return shortest;
    }

    List<LaneState> states(long now) {
        List<LaneState> states = new ArrayList<>(byName.size());
        for (Lane lane : byName.values()) {
            int waiting = lane.waiting() + (lane.asking() == null ? 0 : 1);
            states.add(new LaneState(lane.name(), lane.inFlight(), waiting, lane.closedFor(now)));
        }
        return states;
    }
}
