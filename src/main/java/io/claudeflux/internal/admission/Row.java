package io.claudeflux.internal.admission;

import org.jspecify.annotations.Nullable;

/**
 * Those of one tenant who wait in the same lane, in the order in which they came. The links are in the {@link Hold}s
 * themselves, so that each can leave in constant time. Not thread-safe.
 */
final class Row {
    private final Tenants.Tenant tenant;
    private final Lane lane;
    private @Nullable Hold<?> first;
    private @Nullable Hold<?> last;

    Row(Tenants.Tenant tenant, Lane lane) {
        this.tenant = tenant;
        this.lane = lane;
    }

    Tenants.Tenant tenant() {
        return tenant;
    }

    Lane lane() {
        return lane;
    }

    @Nullable Hold<?> first() {
        return first;
    }

    @Nullable Hold<?> last() {
        return last;
    }

    void add(Hold<?> hold) {
        hold.row = this;
        hold.ahead = last;
        if (last == null) {
            first = hold;
        } else {
            last.behind = hold;
        }
        last = hold;
        tenant.joined();
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
        hold.row = null;
        hold.ahead = null;
        hold.behind = null;
        tenant.left(this);
    }
}
