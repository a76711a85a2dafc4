package io.claudeflux;

import io.claudeflux.catalog.ModelInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client has been told about models, by every name it asked by. Thread-safe: guarded by its own lock, which is
 * held for one access of a map. Bounded: the name that was learnt longest ago goes first.
 *
 * <p>Believed for a while only: limits are raised, and an alias moves on to another model. A client that lives for
 * months must not refuse what has long been allowed.
 */
final class LearntModels {
    static final int MOST = 256;
    static final Duration BELIEVED = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Learnt> byName = new LinkedHashMap<>();

    LearntModels(Clock clock) {
        this.clock = clock;
    }

    private record Learnt(ModelInfo model, Instant at) {}

    synchronized void learn(String name, ModelInfo model) {
        byName.remove(name); // so that it goes to the end
        byName.put(name, new Learnt(model, clock.instant()));
        if (byName.size() > MOST) {
            byName.remove(byName.keySet().iterator().next());
        }
    }

    /** Null if nothing is known of it any more. */
    synchronized @Nullable ModelInfo of(String name) {
        Learnt learnt = byName.get(name);
        return learnt == null || clock.instant().isAfter(learnt.at().plus(BELIEVED)) ? null : learnt.model();
    }
}
