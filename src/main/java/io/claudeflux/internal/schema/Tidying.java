package io.claudeflux.internal.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the generator leaves behind that the API does not accept, or that reads better in another way. */
final class Tidying {
    private Tidying() {}

    static void tidy(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        merge(schema);
        Families.settle(schema);
        if (!"object".equals(schema.path("type").asString(""))) {
            schema.remove("additionalProperties");
        }
        putNullLast(schema);
        schema.path("properties").forEach(Tidying::tidy);
        schema.path("$defs").forEach(Tidying::tidy);
        schema.path("anyOf").forEach(Tidying::tidy);
        tidy(schema.path("items"));
    }

    /**
     * Parts that are about different things, or describe the same thing twice, as a property and its type do, become
     * one. Others stay, and are refused later.
     */
    private static void merge(ObjectNode schema) {
        if (!(schema.get("allOf") instanceof ArrayNode parts)) {
            return;
        }
        ObjectNode merged = schema.deepCopy();
        merged.remove("allOf");
        for (JsonNode part : parts) {
            for (Map.Entry<String, JsonNode> entry : part.properties()) {
                JsonNode first = merged.get(entry.getKey());
                if (first == null) {
                    merged.set(entry.getKey(), entry.getValue());
                } else if (entry.getKey().equals("description")) {
                    merged.put("description", entry.getValue().asString() + "; " + first.asString());
                } else if (!first.equals(entry.getValue())) {
                    return;
                }
            }
        }
        schema.removeAll();
        schema.setAll(merged);
    }

    /** Whoever takes the first choice gets a value. */
    private static void putNullLast(ObjectNode schema) {
        if (schema.get("anyOf") instanceof ArrayNode choices
                && "null".equals(choices.path(0).path("type").asString(""))) {
            choices.add(choices.remove(0));
        }
    }
}
