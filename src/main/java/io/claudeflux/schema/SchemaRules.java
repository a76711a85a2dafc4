package io.claudeflux.schema;

import io.claudeflux.error.Finding;
import io.claudeflux.error.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the API accepts as the schema of a structured output, held against one schema. */
final class SchemaRules {
    static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "properties",
            "anyOf",
            "type",
            "required",
            "description",
            "title",
            "items",
            "const",
            "enum",
            "additionalProperties",
            "format",
            "minItems");

    static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");

    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "integer", "number", "boolean", "null");
    private static final Set<String> SHAPES = Set.of("type", "$ref", "anyOf", "enum", "const");
    private static final String SOURCE = "structured outputs, limits of JSON Schema";
    private static final String REMOVE =
            "leave it out, say it in the description, or let JsonSchema.relaxed() move it there";

    private final Map<String, @Nullable Object> root;
    private final List<Finding> findings = new ArrayList<>();

    private SchemaRules(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    static List<Finding> check(Map<String, @Nullable Object> schema) {
        SchemaRules rules = new SchemaRules(schema);
        rules.root();
        rules.schema(schema, "$");
        return List.copyOf(rules.findings);
    }

    private void root() {
        if (!"object".equals(root.get("type"))) {
            refuse("$.type", "the root is not an object", "the root has type object", "put it into an object");
        }
        if (root.containsKey("anyOf")) {
            refuse("$.anyOf", "the root is a choice", "anyOf stands below the root", "put it into a property");
        }
    }

    private void schema(@Nullable Object node, String path) {
        if (!(node instanceof Map<?, ?> schema)) {
            refuse(path, "is not an object", "a schema is an object", "say which values may stand here");
            return;
        }
        schema.keySet().forEach(keyword -> keyword(String.valueOf(keyword), path));
        type(schema, path);
        reference(schema, path);
        if ("object".equals(schema.get("type")) || schema.containsKey("properties")) {
            object(schema, path);
        }
        if (schema.get("format") instanceof String format && !FORMATS.contains(format)) {
            refuse(path + ".format", "is a format that is not known", "one of " + String.join(", ", sorted()), REMOVE);
        }
        if (schema.containsKey("minItems") && !isZeroOrOne(schema.get("minItems"))) {
            refuse(path + ".minItems", "is neither 0 nor 1", "minItems is 0 or 1", REMOVE);
        }
        below(schema, path);
    }

    private void keyword(String keyword, String path) {
        if (KEYWORDS.contains(keyword)) {
            return;
        }
        String fix = switch (keyword) {
            case "oneOf" -> "use anyOf, as JsonSchema.relaxed() does";
            case "allOf", "not", "if", "then", "else" -> "write out what it comes to";
            case "definitions" -> "call it $defs";
            default -> REMOVE;
        };
        refuse(path + "." + keyword, "is a keyword that is not accepted", "only " + keywords(), fix);
    }

    private void type(Map<?, ?> schema, String path) {
        if (schema.keySet().stream().noneMatch(SHAPES::contains)) {
            findings.add(new Finding(
                    Severity.WARNING,
                    path,
                    "may be anything",
                    "a schema says of what it is",
                    "give it a type",
                    SOURCE));
        }
        Object type = schema.get("type");
        List<?> types = type instanceof List<?> several ? several : type == null ? List.of() : List.of(type);
        if (!TYPES.containsAll(types)) {
            refuse(path + ".type", "is no type", "one of " + String.join(", ", new TreeSet<>(TYPES)), "correct it");
        }
    }

    private void reference(Map<?, ?> schema, String path) {
        if (schema.containsKey("$ref") && SchemaWalk.resolve(root, schema.get("$ref")) == null) {
            refuse(
                    path + ".$ref",
                    "points to nothing in this schema",
                    "a reference is # or #/$defs/ and a name",
                    "put what it means below $defs");
        }
    }

    private void object(Map<?, ?> schema, String path) {
        if (!Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            refuse(
                    path + ".additionalProperties",
                    "is not false",
                    "each object has additionalProperties: false",
                    "set it; where names are not known beforehand, use an array of objects with a name and a value");
        }
        Set<Object> names = new LinkedHashSet<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            names.addAll(properties.keySet());
        }
        Set<Object> required = new LinkedHashSet<>();
        if (schema.get("required") instanceof List<?> list) {
            required.addAll(list);
        }
        for (Object name : names) {
            if (!required.contains(name)) {
                refuse(
                        path + ".required",
                        "does not name the property " + name,
                        "every property is required",
                        "name it, and let it be null where it may be missing; JsonSchema.relaxed() does both");
            }
        }
        required.removeAll(names);
        if (!required.isEmpty()) {
            refuse(path + ".required", "names what is no property", "every required name is a property", "correct it");
        }
    }

    private void below(Map<?, ?> schema, String path) {
        SchemaWalk.parts(schema).forEach(part -> schema(part.schema(), path + part.step()));
    }

    private static boolean isZeroOrOne(@Nullable Object value) {
        return value instanceof Integer number && (number == 0 || number == 1);
    }

    private static Set<String> sorted() {
        return new TreeSet<>(FORMATS);
    }

    private static String keywords() {
        return String.join(", ", new TreeSet<>(KEYWORDS));
    }

    private void refuse(String path, String problem, String rule, String fix) {
        findings.add(new Finding(Severity.REFUSED, path, problem, rule, fix, SOURCE));
    }
}
