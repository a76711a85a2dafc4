package io.claudeflux.simulator;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that fits a JSON schema, for answers that must: every property is filled, with the plainest value of its
 * type. What refers to itself ends where it may: in an empty list, in null, or in another choice.
 */
final class SchemaSample {

    private static final int MAX_DEPTH = 60;
    private static final String DEFINITION = "#/$defs/";

    /** Where no format says how a string looks, its description often does. */
    private static final Pattern EXAMPLE = Pattern.compile("such as ([^\\s,;]+)");

    private static final Map<String, String> FORMATS = Map.of(
            "date", "2026-11-21",
            "date-time", "2026-11-21T10:15:30Z",
            "time", "10:15:30Z",
            "duration", "PT1H",
            "email", "someone@example.com",
            "hostname", "example.com",
            "uri", "https://example.com/",
            "ipv4", "192.0.2.1",
            "ipv6", "2001:db8::1",
            "uuid", "123e4567-e89b-42d3-a456-426614174000");

    private final Map<?, ?> root;
    /** The references on the way down to here. */
    private final Deque<Object> open = new ArrayDeque<>();

    private SchemaSample(Map<?, ?> root) {
        this.root = root;
    }

    static @Nullable Object of(@Nullable Object schema) {
        return schema instanceof Map<?, ?> root ? new SchemaSample(root).of(root, 0) : Map.of();
    }

    private @Nullable Object of(@Nullable Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> fields) || depth > MAX_DEPTH) {
            return Map.of();
        }
        if (fields.containsKey("const")) {
            return fields.get("const");
        }
        if (fields.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return values.get(0);
        }
        if (fields.get("$ref") instanceof String reference) {
            open.push(reference);
            Object there = of(resolve(reference), depth + 1);
            open.pop();
            return there;
        }
        if (fields.get("anyOf") instanceof List<?> choices && !choices.isEmpty()) {
            return of(firstThatEnds(choices), depth + 1);
        }
        return plain(fields, depth);
    }

    private @Nullable Object firstThatEnds(List<?> choices) {
        for (Object choice : choices) {
            if (!isOpen(choice)) {
                return choice;
            }
        }
        return choices.get(0);
    }

    private @Nullable Object resolve(String reference) {
        if (reference.startsWith(DEFINITION) && root.get("$defs") instanceof Map<?, ?> definitions) {
            return definitions.get(reference.substring(DEFINITION.length()));
        }
        return reference.equals("#") ? root : null;
    }

    private boolean isOpen(@Nullable Object schema) {
        return schema instanceof Map<?, ?> fields
                && fields.get("$ref") != null
                && (open.contains(fields.get("$ref")) || "#".equals(fields.get("$ref")));
    }

    private @Nullable Object plain(Map<?, ?> schema, int depth) {
        Object type =
                schema.get("type") instanceof List<?> types && !types.isEmpty() ? types.get(0) : schema.get("type");
        if ("array".equals(type)) {
            return schema.containsKey("items") && !isOpen(schema.get("items"))
                    ? Collections.singletonList(of(schema.get("items"), depth + 1))
                    : List.of();
        }
        if ("integer".equals(type) || "number".equals(type)) {
            return schema.get("minimum") instanceof Number least ? least : 1;
        }
        if ("boolean".equals(type)) {
            return true;
        }
        if ("string".equals(type)) {
            return string(schema);
        }
        return "null".equals(type) ? null : object(schema, depth);
    }

    private static String string(Map<?, ?> schema) {
        String formatted = FORMATS.get(String.valueOf(schema.get("format")));
        Matcher example = EXAMPLE.matcher(String.valueOf(schema.get("description")));
        return example.find() ? example.group(1) : formatted == null ? "example" : formatted;
    }

    private Object object(Map<?, ?> schema, int depth) {
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> sample.put(String.valueOf(name), of(property, depth + 1)));
        }
        return sample;
    }
}
