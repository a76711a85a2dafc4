package io.claudeflux.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value fits a schema, as far as the keywords go that the API accepts. Members that the schema does not name
 * are let pass, and formats are left to whoever reads the value.
 */
final class SchemaFit {
    /** More than the parser lets a value nest, so that only references in a circle get there. */
    private static final int MAX_DEPTH = 1_000;

    private final Map<String, @Nullable Object> root;
    /**
     * What choices came to, by schema and place. The choices of a choice look at the same parts of the value: without
     * this the time doubles with each level that the model nests.
     */
    private final IdentityHashMap<Object, Map<String, Optional<String>>> chosen = new IdentityHashMap<>();

    SchemaFit(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    /** A sentence about the first place that does not fit, which quotes nothing of the value; null if all fits. */
    @Nullable String misfit(@Nullable Object value) {
        return misfit(root, value, "$", 0);
    }

    private @Nullable String misfit(@Nullable Object node, @Nullable Object value, String path, int depth) {
        if (!(node instanceof Map<?, ?> schema) || depth > MAX_DEPTH) {
            return null;
        }
        if (schema.containsKey("$ref")) {
            String there = misfit(SchemaWalk.resolve(root, schema.get("$ref")), value, path, depth + 1);
            if (there != null) {
                return there;
            }
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            String none = known(choices, value, path, depth);
            if (none != null) {
                return none;
            }
        }
        String here = misfitOfItself(schema, value);
        return here == null ? misfitBelow(schema, value, path, depth) : path + " " + here;
    }

    /** The first member that must be there and is not: absent, or null where its schema takes none; null if all are. */
    @Nullable String missing(@Nullable Object value) {
        return missing(root, value, "", 0);
    }

    private @Nullable String missing(@Nullable Object node, @Nullable Object value, String path, int depth) {
        if (!(node instanceof Map<?, ?> schema) || value == null || depth > MAX_DEPTH) {
            return null;
        }
        String found = null;
        if (schema.containsKey("$ref")) {
            found = missing(SchemaWalk.resolve(root, schema.get("$ref")), value, path, depth + 1);
        } else if (schema.get("anyOf") instanceof List<?> choices) {
            List<?> meant = meant(choices, value);
            found = meant.size() == 1 ? missing(meant.get(0), value, path, depth + 1) : null;
        }
        if (found == null && value instanceof Map<?, ?> members) {
            return missingOf(schema, members, path, depth);
        }
        for (int i = 0; found == null && value instanceof List<?> elements && i < elements.size(); i++) {
            found = missing(schema.get("items"), elements.get(i), path + "[" + i + "]", depth + 1);
        }
        return found;
    }

    private @Nullable String missingOf(Map<?, ?> schema, Map<?, ?> members, String path, int depth) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            for (Map.Entry<?, ?> property : properties.entrySet()) {
                String name = String.valueOf(property.getKey());
                String place = path.isEmpty() ? name : path + "." + name;
                Object member = members.get(name);
                if (member == null
                        && schema.get("required") instanceof List<?> required
                        && required.contains(name)
                        && misfit(property.getValue(), null, place, depth + 1) != null) {
                    return place;
                }
                String below = missing(property.getValue(), member, place, depth + 1);
                if (below != null) {
                    return below;
                }
            }
        }
        return null;
    }

    private @Nullable String known(List<?> choices, @Nullable Object value, String path, int depth) {
        Map<String, Optional<String>> here = chosen.computeIfAbsent(choices, list -> new HashMap<>());
        Optional<String> before = here.get(path);
        if (before != null) {
            return before.orElse(null);
        }
        // References in a circle come back here, and decide nothing.
        here.put(path, Optional.empty());
        String none = noneOf(choices, value, path, depth);
        here.put(path, Optional.ofNullable(none));
        return none;
    }

    /** Only null can mean the choice of null. */
    private static List<?> meant(List<?> choices, @Nullable Object value) {
        return choices.stream()
                .filter(choice ->
                        value == null || !(choice instanceof Map<?, ?> schema && "null".equals(schema.get("type"))))
                .toList();
    }

    /** Where only one choice can have been meant, what is wrong with that one. */
    private @Nullable String noneOf(List<?> choices, @Nullable Object value, String path, int depth) {
        List<?> meant = meant(choices, value);
        String last = null;
        for (Object choice : meant) {
            last = misfit(choice, value, path, depth + 1);
            if (last == null) {
                return null;
            }
        }
        return meant.size() == 1 ? last : path + " fits none of its " + choices.size() + " choices";
    }

    private static @Nullable String misfitOfItself(Map<?, ?> schema, @Nullable Object value) {
        Object type = schema.get("type");
        if (type instanceof String one && !isOf(one, value)) {
            return "must be of type " + one;
        }
        if (type instanceof List<?> several && several.stream().noneMatch(one -> isOf(String.valueOf(one), value))) {
            return "must be of one of the types " + several;
        }
        if (schema.containsKey("const") && !isSame(schema.get("const"), value)) {
            return "must be the constant of the schema";
        }
        if (schema.get("enum") instanceof List<?> values && values.stream().noneMatch(one -> isSame(one, value))) {
            return "must be one of the " + values.size() + " values of the schema";
        }
        return null;
    }

    private @Nullable String misfitBelow(Map<?, ?> schema, @Nullable Object value, String path, int depth) {
        if (value instanceof Map<?, ?> members) {
            return misfitOfMembers(schema, members, path, depth);
        }
        if (!(value instanceof List<?> elements)) {
            return null;
        }
        if (schema.get("minItems") instanceof Integer least && elements.size() < least) {
            return path + " must have " + least + " or more elements";
        }
        for (int i = 0; i < elements.size(); i++) {
            String element = misfit(schema.get("items"), elements.get(i), path + "[" + i + "]", depth + 1);
            if (element != null) {
                return element;
            }
        }
        return null;
    }

    private @Nullable String misfitOfMembers(Map<?, ?> schema, Map<?, ?> members, String path, int depth) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!members.containsKey(name)) {
                    return path + "." + name + " is missing";
                }
            }
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            for (Map.Entry<?, ?> property : properties.entrySet()) {
                Object name = property.getKey();
                String member = members.containsKey(name)
                        ? misfit(property.getValue(), members.get(name), path + "." + name, depth + 1)
                        : null;
                if (member != null) {
                    return member;
                }
            }
        }
        return null;
    }

    private static boolean isOf(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "number" -> value instanceof Number;
            case "integer" -> isIntegral(value);
            default -> true;
        };
    }

    /** A whole number is one however it is written. */
    private static boolean isIntegral(@Nullable Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || (value instanceof BigDecimal number
                        && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0));
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number left && other instanceof Number right) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
        }
        return Objects.equals(one, other);
    }
}
