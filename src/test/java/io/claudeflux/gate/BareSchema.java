package io.claudeflux.gate;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import io.claudeflux.schema.JsonSchema;
import io.claudeflux.schema.StructuredOutput;
import java.util.List;
import java.util.Map;

/** What works of schemas, in a JVM without the libraries that make them from classes. */
final class BareSchema {
    private BareSchema() {}

    /** Prints what becomes of a schema that was written by hand, and of two that were not. */
    public static void main(String... args) {
        Map<String, Object> written = Map.of(
                "type",
                "object",
                "properties",
                Map.of("file", Map.of("type", "string")),
                "required",
                List.of("file"),
                "additionalProperties",
                false);
        StructuredOutput<Json> output = StructuredOutput.of(JsonSchema.of(Json.of(written)));
        System.out.println("by hand: " + output.schema().check());
        for (int i = 0; i < 2; i++) {
            try {
                System.out.println(JsonSchema.of(BareSchema.class));
            } catch (ClaudeException missing) {
                System.out.println(missing.getMessage());
            }
        }
    }
}
