package io.claudeflux.gate;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which package may know which, below one root: the tree of the library as a table.
 *
 * <p>A class in a package that the table does not name breaks the rule, so nothing escapes it by living elsewhere.
 */
final class PackageArrows {
    /** The name of the root package itself in the table. */
    static final String ROOT = "";

    /** Named in the design, without a class so far: arrows from and to them hold for nothing yet. */
    static final Set<String> NOT_YET_BUILT = Set.of("batch", "file", "redis", "aws", "google");

    private static final Set<String> VOCABULARY = Set.of("config", "message", "stream", "error", "limit");
    private static final Set<String> CAPABILITIES = Set.of("batch", "file", "catalog", "tool", "schema");
    private static final Set<String> INTERNALS = Set.of(
            "internal.preflight",
            "internal.http",
            "internal.sse",
            "internal.json",
            "internal.protocol",
            "internal.retry",
            "internal.admission",
            "internal.auth",
            "internal.schema");
    private static final Set<String> INTEGRATIONS =
            Set.of("spring", "micrometer", "redis", "aws", "google", "springai", "langchain4j", "mcp");

    private static final Map<String, Set<String>> ALLOWED = allowed();

    private PackageArrows() {}

    static Set<String> packages() {
        return new TreeSet<>(ALLOWED.keySet());
    }

    /** Returns the entry of the table that a package belongs to, if any. */
    static Optional<String> entryOf(String root, String packageName) {
        if (packageName.equals(root)) {
            return Optional.of(ROOT);
        }
        return ALLOWED.keySet().stream()
                .filter(entry -> !entry.equals(ROOT))
                .filter(entry -> (packageName + ".").startsWith(root + "." + entry + "."))
                .findFirst();
    }

    /** Holds when every class stays within what the table allows its package. */
    static ArchCondition<JavaClass> follow(String root) {
        return new ArchCondition<>("follow the arrows of the table") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String entry = entryOf(root, type.getPackageName()).orElse(null);
                if (entry == null) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " lives in a package that the table does not name"));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden(root, entry, dependency))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static boolean isForbidden(String root, String entry, Dependency dependency) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (!target.equals(root) && !target.startsWith(root + ".")) {
            return false;
        }
        @Nullable String targetEntry = entryOf(root, target).orElse(null);
        if (targetEntry == null) {
            return true;
        }
        return !targetEntry.equals(entry)
                && !ALLOWED.getOrDefault(entry, Set.of()).contains(targetEntry);
    }

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        arrows.put(ROOT, union(VOCABULARY, CAPABILITIES, INTERNALS));
        arrows.put("config", Set.of());
        arrows.put("message", Set.of());
        arrows.put("stream", Set.of("message"));
        arrows.put("error", Set.of("message"));
        arrows.put("limit", Set.of("message"));
        CAPABILITIES.forEach(capability -> arrows.put(capability, VOCABULARY));
        // The schema of a tool's input is made from its class, and a run says what it consumed.
        arrows.put("tool", union(VOCABULARY, Set.of("schema", "catalog")));
        INTERNALS.forEach(internal -> arrows.put(internal, VOCABULARY));
        arrows.put("schema", union(VOCABULARY, Set.of("internal.schema")));
        arrows.put("internal.json", union(VOCABULARY, Set.of("internal.sse", "catalog")));
        arrows.put("internal.preflight", union(VOCABULARY, Set.of("catalog")));
        INTEGRATIONS.forEach(integration -> arrows.put(integration, union(VOCABULARY, CAPABILITIES, Set.of(ROOT))));
        // The client that Spring makes is observed.
        arrows.put("spring", union(VOCABULARY, CAPABILITIES, Set.of(ROOT, "micrometer")));
        arrows.put("simulator", union(VOCABULARY, CAPABILITIES));
        arrows.put("cli", union(VOCABULARY, CAPABILITIES, Set.of(ROOT, "simulator")));
        return arrows;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }
}
