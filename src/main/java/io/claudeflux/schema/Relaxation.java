package io.claudeflux.schema;

import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema turned into one that the API accepts, as far as that can be done without changing what it means. */
final class Relaxation {
    /** Not about one value alone, so that no words beside it say the same. */
    private static final Set<String> STRUCTURAL = Set.of(
            "allOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "definitions",
            "prefixItems",
            "patternProperties",
            "dependentSchemas",
            "dependentRequired",
            "unevaluatedItems",
            "unevaluatedProperties",
            "propertyNames",
            "contains",
            "$dynamicRef",
            "$dynamicAnchor",
            "$anchor");

    private Relaxation() {}

    static @Nullable Object relax(@Nullable Object node) {
        if (!(node instanceof Map<?, ?> schema)) {
            return node;
        }
        Map<String, @Nullable Object> relaxed = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        schema.forEach((name, value) -> {
            String keyword = String.valueOf(name);
            if (keyword.equals("oneOf") && !schema.containsKey("anyOf")) {
                relaxed.put("anyOf", below("anyOf", value));
            } else if (isAccepted(keyword, value) || STRUCTURAL.contains(keyword)) {
                relaxed.put(keyword, below(keyword, value));
            } else {
                notes.add(keyword + " " + Json.of(value).text());
            }
        });
        if ("object".equals(schema.get("type")) || schema.containsKey("properties")) {
            close(relaxed);
        }
        if (!notes.isEmpty()) {
            describe(relaxed, String.join(", ", notes));
        }
        return relaxed;
    }

    private static boolean isAccepted(String keyword, @Nullable Object value) {
        return switch (keyword) {
            case "format" -> value instanceof String format && SchemaRules.FORMATS.contains(format);
            case "minItems" -> value instanceof Integer least && least <= 1;
            default -> SchemaRules.KEYWORDS.contains(keyword);
        };
    }

    private static @Nullable Object below(String keyword, @Nullable Object value) {
        return switch (keyword) {
            case "properties", "$defs" -> value instanceof Map<?, ?> named ? each(named) : value;
            case "anyOf", "allOf" -> {
                List<@Nullable Object> parts = new ArrayList<>();
                if (value instanceof List<?> list) {
                    list.forEach(part -> parts.add(relax(part)));
                }
                yield parts;
            }
            case "items" -> relax(value);
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> each(Map<?, ?> named) {
        Map<String, @Nullable Object> relaxed = new LinkedHashMap<>();
        named.forEach((name, schema) -> relaxed.put(String.valueOf(name), relax(schema)));
        return relaxed;
    }

    /** Nothing but the named properties, and all of them; those that could be missing may be null instead. */
    private static void close(Map<String, @Nullable Object> object) {
        if (!(object.get("additionalProperties") instanceof Map)) {
            object.put("additionalProperties", false);
        }
        if (!(object.get("properties") instanceof Map<?, ?> properties)) {
            return;
        }
        List<?> required = object.get("required") instanceof List<?> names ? names : List.of();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        properties.forEach(
                (name, schema) -> all.put(String.valueOf(name), required.contains(name) ? schema : nullable(schema)));
        object.put("properties", all);
        object.put("required", List.copyOf(all.keySet()));
    }

    private static @Nullable Object nullable(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> one) || isNullable(one)) {
            return schema;
        }
        if (one.get("anyOf") instanceof List<?> choices) {
            Map<Object, @Nullable Object> wider = new LinkedHashMap<>(one);
            List<@Nullable Object> more = new ArrayList<>(choices);
            more.add(Map.of("type", "null"));
            wider.put("anyOf", more);
            return wider;
        }
        return Map.of("anyOf", List.of(one, Map.of("type", "null")));
    }

    private static boolean isNullable(Map<?, ?> schema) {
        Object type = schema.get("type");
        return "null".equals(type)
                || (type instanceof List<?> types && types.contains("null"))
                || (schema.get("anyOf") instanceof List<?> choices
                        && choices.stream().anyMatch(choice -> choice instanceof Map<?, ?> one && isNullable(one)));
    }

    private static void describe(Map<String, @Nullable Object> schema, String note) {
        Object said = schema.get("description");
        schema.put("description", said == null ? note : said + " (" + note + ")");
    }
}
