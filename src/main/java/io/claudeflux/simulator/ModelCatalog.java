package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few models for the endpoints that list them, newest first; a message request may name any other. What they can do
 * is made up, but never less than what the simulator itself takes of a model of that name.
 */
final class ModelCatalog {
    private static final List<Model> MODELS = List.of(
            new Model("claude-opus-5-5", "active", "2026-09-24", null),
            new Model("claude-sonnet-5-5", "active", "2026-09-10", null),
            new Model("claude-haiku-5-5", "active", "2026-09-01", null),
            new Model("claude-sonnet-5", "active", "2026-04-14", null),
            new Model("claude-opus-4-8", "active", "2026-03-03", null),
            new Model("claude-haiku-4-5-20251001", "active", "2025-10-01", null),
            new Model("claude-sonnet-4-5-20250929", "deprecated", "2025-09-29", "2027-05-30"),
            new Model("claude-opus-4-1-20250805", "retired", "2025-08-05", "2026-08-05"));

    /** Released before efforts and adaptive thinking. */
    private static final Set<String> OLD =
            Set.of("claude-haiku-4-5-20251001", "claude-sonnet-4-5-20250929", "claude-opus-4-1-20250805");

    private ModelCatalog() {}

    /** A model as far as they differ. */
    private record Model(
            String id,
            String lifecycle,
            String created,
            @Nullable String retires) {}

    /** The ids of those that stand where asked, newest first. */
    static List<String> ids(Set<String> lifecycles) {
        return MODELS.stream()
                .filter(model -> lifecycles.contains(model.lifecycle()))
                .map(Model::id)
                .toList();
    }

    /** One model by its id as it stands in a path, or by its id without the date. */
    static Json byId(String segment) {
        String id = ModelPage.decoded(segment.replace("+", "%2B"));
        return Json.of(fields(MODELS.stream()
                .filter(model -> model.id().equals(id)
                        || model.id().replaceFirst("-\\d{8}$", "").equals(id))
                .findFirst()
                .orElseThrow(() -> new Rejection(ErrorEnvelope.of(404).withMessage("model: " + id)))));
    }

    private static Map<String, @Nullable Object> fields(Model model) {
        String[] words = model.id().split("-", 3);
        String line = words[1];
        boolean isOld = OLD.contains(model.id());
        return Fields.of(
                "type",
                "model",
                "id",
                model.id(),
                "display_name",
                "Claude " + Character.toUpperCase(line.charAt(0)) + line.substring(1) + " "
                        + words[2].replaceFirst("-\\d{8}$", "").replace('-', '.'),
                "created_at",
                model.created() + "T00:00:00Z",
                "lifecycle",
                model.lifecycle(),
                "deprecated_at",
                model.retires() == null ? null : "2026-05-30T00:00:00Z",
                "retires_at",
                model.retires() == null ? null : model.retires() + "T00:00:00Z",
                "line",
                line,
                "max_input_tokens",
                isOld ? 200_000 : 1_000_000,
                "max_tokens",
                isOld ? 64_000 : 128_000,
                "capabilities",
                capabilities(isOld));
    }

    private static Map<String, @Nullable Object> capabilities(boolean isOld) {
        Map<String, @Nullable Object> yes = Fields.of("supported", true);
        Map<String, @Nullable Object> ifNew = Fields.of("supported", !isOld);
        Map<String, @Nullable Object> capabilities = Fields.of(
                "batch", yes,
                "citations", yes,
                "code_execution", yes,
                "image_input", yes,
                "pdf_input", yes,
                "structured_outputs", yes);
        capabilities.put(
                "context_management",
                Fields.of(
                        "supported",
                        true,
                        "clear_thinking_20251015",
                        yes,
                        "clear_tool_uses_20250919",
                        yes,
                        "compact_20260112",
                        ifNew));
        capabilities.put("effort", effort(isOld));
        capabilities.put("server_tools", Fields.of("supported", true, "web_search", yes, "code_execution", yes));
        capabilities.put(
                "thinking",
                Fields.of(
                        "supported",
                        true,
                        "types",
                        Fields.of("enabled", yes, "disabled", yes, "adaptive", ifNew, "between_tools", ifNew)));
        return capabilities;
    }

    private static Map<String, @Nullable Object> effort(boolean isOld) {
        Map<String, @Nullable Object> ifNew = Fields.of("supported", !isOld);
        Map<String, @Nullable Object> effort = Fields.of("supported", !isOld);
        for (String level : List.of("low", "medium", "high", "xhigh", "max")) {
            effort.put(level, isOld && level.equals("xhigh") ? null : ifNew);
        }
        return effort;
    }
}
