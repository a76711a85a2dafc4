package io.claudeflux.internal.schema;

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
     * Parts that say the same thing twice, such as what a property and its type are for, are left beside each other.
     */
    private static void merge(ObjectNode schema) {
        if (schema.remove("allOf") instanceof ArrayNode parts) {
            for (JsonNode part : parts) {
                ((ObjectNode) part).forEachEntry((keyword, value) -> {
                    JsonNode first = schema.get(keyword);
                    boolean isSaidTwice = keyword.equals("description") && first != null;
                    schema.set(
                            keyword,
                            isSaidTwice ? schema.stringNode(value.asString() + "; " + first.asString()) : value);
                });
            }
        }
    }

    /** Whoever takes the first choice gets a value. */
    private static void putNullLast(ObjectNode schema) {
        if (schema.get("anyOf") instanceof ArrayNode choices
                && "null".equals(choices.path(0).path("type").asString(""))) {
            choices.add(choices.remove(0));
        }
    }
}
