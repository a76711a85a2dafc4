package io.claudeflux.internal.admission;

import org.jspecify.annotations.Nullable;

/**
 * Who waits, in the order in which they are let out: retries before newcomers, each in the order in which they came.
 *
 * <p>Whoever waits can leave from any place in constant time, because the links are in the {@link Hold}s themselves; a
 * line that emptied keeps no memory. Not thread-safe: all of it, the links included, belongs to the lock of
 * {@link Permits}.
 */
final class WaitingLine {

    private final Row retries = new Row();
    private final Row newcomers = new Row();
    private int size;

    int size() {
        return size;
    }

    void add(Hold<?> hold) {
        rowOf(hold).add(hold);
        hold.isInLine = true;
        size++;
    }

    /** Takes out whoever is next, if anyone is. */
    @Nullable Hold<?> poll() {
        Hold<?> next = retries.first != null ? retries.first : newcomers.first;
        if (next != null) {
            remove(next);
        }
        return next;
    }

    /** Takes someone out who may have left before. */
    void remove(Hold<?> hold) {
        if (hold.isInLine) {
            hold.isInLine = false;
            rowOf(hold).remove(hold);
            size--;
        }
    }

    private Row rowOf(Hold<?> hold) {
        return hold.turn().first() ? retries : newcomers;
    }

    private static final class Row {
        private @Nullable Hold<?> first;
        private @Nullable Hold<?> last;

        void add(Hold<?> hold) {
            hold.ahead = last;
            if (last == null) {
                first = hold;
            } else {
                last.behind = hold;
            }
            last = hold;
        }

        void remove(Hold<?> hold) {
            Hold<?> ahead = hold.ahead;
            Hold<?> behind = hold.behind;
            if (ahead == null) {
                first = behind;
            } else {
                ahead.behind = behind;
            }
            if (behind == null) {
                last = ahead;
            } else {
                behind.ahead = ahead;
            }
            hold.ahead = null;
            hold.behind = null;
        }
    }
}
