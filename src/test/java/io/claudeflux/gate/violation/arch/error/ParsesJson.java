package io.claudeflux.gate.violation.arch.error;

import tools.jackson.databind.JsonNode;

/** Jackson at home nowhere but in internal.json. */
final class ParsesJson {
    private ParsesJson() {}

    static boolean isObject(JsonNode node) {
        return node.isObject();
    }
}
