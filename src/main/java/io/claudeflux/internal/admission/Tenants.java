package io.claudeflux.internal.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tenants that take turns: whoever was served goes behind the others. Only those who wait for something are in it. Not
 * thread-safe.
 */
final class Tenants {
    private final Map<String, Tenant> byName = new HashMap<>();

    /** Whose turn it is next, in a ring of all of them. */
    private @Nullable Tenant next;

    /** One tenant and what it waits for, by lane: of most, there is one. */
    final class Tenant {
        private final String name;
        private final List<Row> rows = new ArrayList<>(1);
        private Tenant before = this;
        private Tenant behind = this;
        private int size;

        private Tenant(String name) {
            this.name = name;
        }

        void joined() {
            size++;
        }

        void left(Row row) {
            size--;
            if (row.first() == null) {
                rows.remove(row);
            }
            if (size == 0) {
                unlink(this);
            }
        }

        private Row rowOf(Lane lane) {
            for (Row row : rows) {
                if (row.lane() == lane) {
                    return row;
                }
            }
            Row row = new Row(this, lane);
            rows.add(row);
            return row;
        }

        /** What came first of that which may go. */
        private @Nullable Hold<?> first(Predicate<Lane> isReady) {
            Hold<?> earliest = null;
            for (Row row : rows) {
                Hold<?> first = row.first();
                if (first != null && (earliest == null || first.number < earliest.number) && isReady.test(row.lane())) {
                    earliest = first;
                }
            }
            return earliest;
        }

        private @Nullable Hold<?> last() {
            Hold<?> latest = null;
            for (Row row : rows) {
                Hold<?> last = row.last();
                if (last != null && (latest == null || last.number > latest.number)) {
                    latest = last;
                }
            }
            return latest;
        }
    }

    void add(Hold<?> hold) {
        byName.computeIfAbsent(hold.tenant(), this::link).rowOf(hold.lane()).add(hold);
    }

    boolean isEmpty() {
        return next == null;
    }

    int sizeOf(String tenant) {
        Tenant found = byName.get(tenant);
        return found == null ? 0 : found.size;
    }

    /** Who goes next of those who may; stays where it is. */
    @Nullable Hold<?> first(Predicate<Lane> isReady) {
        Tenant start = next;
        if (start == null) {
            return null;
        }
        Tenant tenant = start;
        do {
            Hold<?> first = tenant.first(isReady);
            if (first != null) {
                return first;
            }
            tenant = tenant.behind;
        } while (tenant != start);
        return null;
    }

    /** It was the turn of that one, who has left. */
    void served(Hold<?> hold) {
        Tenant tenant = byName.get(hold.tenant());
        if (tenant != null) {
            next = tenant.behind;
        }
    }

    /** Who came last of the tenant that has the most, if those are more than so many. */
    @Nullable Hold<?> lastOfLargest(int than) {
        Tenant largest = null;
        for (Tenant tenant : byName.values()) {
            if (tenant.size > than && (largest == null || tenant.size > largest.size)) {
                largest = tenant;
            }
        }
        return largest == null ? null : largest.last();
    }

    /** Behind everyone else, which in a ring is ahead of whoever is next. */
    private Tenant link(String name) {
        Tenant tenant = new Tenant(name);
        Tenant first = next;
        if (first == null) {
            next = tenant;
        } else {
            tenant.before = first.before;
            tenant.behind = first;
            first.before.behind = tenant;
            first.before = tenant;
        }
        return tenant;
    }

    private void unlink(Tenant tenant) {
        byName.remove(tenant.name);
        tenant.before.behind = tenant.behind;
        tenant.behind.before = tenant.before;
        if (next == tenant) {
            next = tenant.behind == tenant ? null : tenant.behind;
        }
    }
}
