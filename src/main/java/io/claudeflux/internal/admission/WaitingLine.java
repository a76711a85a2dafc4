package io.claudeflux.internal.admission;

import io.claudeflux.message.Priority;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, in the order in which they are let out: those first for whom the limiter has been asked already, then
 * retries, then newcomers by priority. Within each of these, tenants take turns, and what one tenant asked first goes
 * first; who is kept back by its {@link Lane} is passed over.
 *
 * <p>Whoever waits can leave from any place in constant time. Finding the next takes constant time as long as no lane
 * keeps anyone back, and else at most a look at each tenant. A line that emptied keeps no memory. Not thread-safe: all
 * of it belongs to the lock of {@link Permits}.
 */
final class WaitingLine {
    private static final int LEASED = 0;
    private static final int RETRIES = 1;
    private static final int HIGH = 2;
    private static final int NORMAL = 3;
    private static final int LOW = 4;

    private final Lanes lanes;
    private final Tenants[] levels =
            Stream.generate(Tenants::new).limit(LOW + 1).toArray(Tenants[]::new);
    private int size;
    private long sequence;

    WaitingLine(Lanes lanes) {
        this.lanes = lanes;
    }

    int size() {
        return size;
    }

    void add(Hold<?> hold) {
        hold.number = sequence++;
        levels[levelOf(hold)].add(hold);
        hold.lane().joined();
        size++;
    }

    /** Takes out whoever is next, if anyone may go. */
    @Nullable Hold<?> poll(long now) {
        if (isKeptBack(now)) {
            return null;
        }
        for (int level = 0; level < levels.length; level++) {
            Hold<?> next = levels[level].first(ready(level, now));
            if (next != null) {
                remove(next);
                levels[level].served(next);
                return next;
            }
        }
        return null;
    }

    /** Takes anyone out. */
    @Nullable Hold<?> any() {
        for (Tenants level : levels) {
            Hold<?> first = level.first(lane -> true);
            if (first != null) {
                remove(first);
                return first;
            }
        }
        return null;
    }

    /** Whether anyone may go. */
    boolean hasReady(long now) {
        if (isKeptBack(now)) {
            return false;
        }
        for (int level = 0; level < levels.length; level++) {
            if (levels[level].first(ready(level, now)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Takes someone out who may have left before. */
    void remove(Hold<?> hold) {
        Row row = hold.row;
        if (row != null) {
            row.remove(hold);
            hold.lane().left();
            size--;
        }
    }

    /**
     * Who has to leave for a newcomer where there is no place left: whoever is last of those that are less urgent, or
     * of the tenant that has the most, if that has more than the newcomer's would have. Null if nobody.
     */
    @Nullable Hold<?> lastFor(Hold<?> newcomer) {
        int own = levelOf(newcomer);
        for (int level = levels.length - 1; level > own; level--) {
            Hold<?> last = levels[level].lastOfLargest(0);
            if (last != null) {
                return last;
            }
        }
        return levels[own].lastOfLargest(levels[own].sizeOf(newcomer.tenant()) + 1);
    }

    /** A shortcut: there are few lanes and may be many tenants. */
    private boolean isKeptBack(long now) {
        return levels[LEASED].isEmpty() && !lanes.hasReady(now);
    }

    private static Predicate<Lane> ready(int level, long now) {
        return level == LEASED ? lane -> lane.isOpen(now) : lane -> lane.isReady(now);
    }

    private static int levelOf(Hold<?> hold) {
        if (hold.isLeased()) {
            return LEASED;
        }
        if (hold.turn().first()) {
            return RETRIES;
        }
        Priority priority = hold.turn().party().priority();
        return priority == Priority.NORMAL ? NORMAL : priority == Priority.HIGH ? HIGH : LOW;
    }
}
