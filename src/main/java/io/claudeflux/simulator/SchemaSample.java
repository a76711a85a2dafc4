package io.claudeflux.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that fits a JSON schema, for answers that must: every property is filled, with the plainest value of its
 * type.
 */
final class SchemaSample {

    private static final int MAX_DEPTH = 20;

    private SchemaSample() {}

    static @Nullable Object of(@Nullable Object schema) {
        return of(schema, 0);
    }

    private static @Nullable Object of(@Nullable Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> fields) || depth > MAX_DEPTH) {
            return Map.of();
        }
        if (fields.containsKey("const")) {
            return fields.get("const");
        }
        if (fields.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return values.get(0);
        }
        if (fields.get("anyOf") instanceof List<?> choices && !choices.isEmpty()) {
            return of(choices.get(0), depth + 1);
        }
        return plain(fields, depth);
    }

    private static @Nullable Object plain(Map<?, ?> schema, int depth) {
        Object type =
                schema.get("type") instanceof List<?> types && !types.isEmpty() ? types.get(0) : schema.get("type");
        if ("array".equals(type)) {
            return schema.containsKey("items") ? List.of(nonNull(of(schema.get("items"), depth + 1))) : List.of();
        }
        if ("integer".equals(type) || "number".equals(type)) {
            return schema.get("minimum") instanceof Number least ? least : 1;
        }
        if ("boolean".equals(type)) {
            return true;
        }
        if ("string".equals(type)) {
            return "date".equals(schema.get("format")) ? "2026-11-21" : "example";
        }
        return "null".equals(type) ? null : object(schema, depth);
    }

    private static Object object(Map<?, ?> schema, int depth) {
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> sample.put(String.valueOf(name), of(property, depth + 1)));
        }
        return sample;
    }

    private static Object nonNull(@Nullable Object value) {
        return value == null ? Map.of() : value;
    }
}
