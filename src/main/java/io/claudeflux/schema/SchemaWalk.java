package io.claudeflux.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the schemas are within a schema; everything else in it is data. */
final class SchemaWalk {
    private static final List<String> BY_NAME = List.of("properties", "$defs");
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf");
    private static final String DEFINITION = "#/$defs/";

    private SchemaWalk() {}

    /**
     * A schema that is part of another.
     *
     * @param step the way to it, such as {@code .properties.city}
     * @param schema the part, which should be a map
     */
    record Part(String step, @Nullable Object schema) {}

    static List<Part> parts(Map<?, ?> schema) {
        List<Part> parts = new ArrayList<>();
        for (String keyword : BY_NAME) {
            if (schema.get(keyword) instanceof Map<?, ?> named) {
                named.forEach((name, part) -> parts.add(new Part("." + keyword + "." + name, part)));
            }
        }
        for (String keyword : LISTS) {
            if (schema.get(keyword) instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    parts.add(new Part("." + keyword + "[" + i + "]", list.get(i)));
                }
            }
        }
        if (schema.containsKey("items")) {
            parts.add(new Part(".items", schema.get("items")));
        }
        return parts;
    }

    /** What a reference points to; null if that is nothing, or elsewhere. */
    static @Nullable Map<?, ?> resolve(Map<?, ?> root, @Nullable Object reference) {
        if ("#".equals(reference)) {
            return root;
        }
        if (reference instanceof String name
                && name.startsWith(DEFINITION)
                && root.get("$defs") instanceof Map<?, ?> definitions
                && definitions.get(unescaped(name.substring(DEFINITION.length()))) instanceof Map<?, ?> found) {
            return found;
        }
        return null;
    }

    /** As a JSON pointer writes names. */
    private static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }
}
