package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A few models for the endpoints that list them; a message request may name any other. */
final class ModelCatalog {

    private static final List<String> IDS =
            List.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-sonnet-5", "claude-opus-4-8");

    private ModelCatalog() {}

    static Json page() {
        return Json.of(Fields.of(
                "data", IDS.stream().map(ModelCatalog::model).toList(),
                "has_more", false,
                "first_id", IDS.get(0),
                "last_id", IDS.get(IDS.size() - 1)));
    }

    static Json byId(String id) {
        if (!IDS.contains(id)) {
            throw new Rejection(ErrorEnvelope.of(404).withMessage("model: " + id));
        }
        return Json.of(model(id));
    }

    private static Map<String, @Nullable Object> model(String id) {
        String[] words = id.split("-", 3);
        String line = words[1];
        return Fields.of(
                "type",
                "model",
                "id",
                id,
                "display_name",
                "Claude " + Character.toUpperCase(line.charAt(0)) + line.substring(1) + " "
                        + words[2].replace('-', '.'),
                "created_at",
                "2026-09-01T00:00:00Z",
                "lifecycle",
                "active",
                "deprecated_at",
                null,
                "retires_at",
                null,
                "line",
                line,
                "max_input_tokens",
                1_000_000,
                "max_tokens",
                128_000,
                "capabilities",
                null);
    }
}
