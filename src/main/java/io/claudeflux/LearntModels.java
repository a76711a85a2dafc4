package io.claudeflux;

import io.claudeflux.catalog.ModelInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client has been told about models, by every name it asked by. Thread-safe: guarded by its own lock, which is
 * held for one access of a map. Bounded: the name that was learnt longest ago goes first.
 */
final class LearntModels {
    static final int MOST = 256;

    private final Map<String, ModelInfo> byName = new LinkedHashMap<>();

    synchronized void learn(String name, ModelInfo model) {
        byName.remove(name); // so that it goes to the end
        byName.put(name, model);
        if (byName.size() > MOST) {
            byName.remove(byName.keySet().iterator().next());
        }
    }

    /** Null if nothing is known of it. */
    synchronized @Nullable ModelInfo of(String name) {
        return byName.get(name);
    }
}
