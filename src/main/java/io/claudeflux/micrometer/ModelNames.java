package io.claudeflux.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of models as values of tags: as many as can be, and "other" for the rest. An application may let its users
 * choose the model, and each new value makes new meters, for ever. Thread-safe.
 */
final class ModelNames {
    private static final int MAX_LENGTH = 80;
    private static final int MAX_NAMES = 100;
    /** Of those that are not Claude's by their looks, which leave room for those that are. */
    private static final int MAX_STRANGE = 20;

    private static final String SYMBOLS = "._:/@-";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> strange = ConcurrentHashMap.newKeySet();

    /** The name, "none" if it is empty, or "other". */
    String bounded(String name) {
        if (name.isEmpty()) {
            return "none";
        }
        boolean isClaude = name.contains("claude");
        Set<String> names = isClaude ? known : strange;
        if (names.contains(name)) {
            return name;
        }
        // Threads that come at once may each add one more than that.
        boolean hasRoom = names.size() < (isClaude ? MAX_NAMES : MAX_STRANGE);
        if (!hasRoom || name.length() > MAX_LENGTH || !name.chars().allMatch(ModelNames::isOfAnId)) {
            return "other";
        }
        names.add(name);
        return name;
    }

    private static boolean isOfAnId(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SYMBOLS.indexOf(c) >= 0;
    }
}
