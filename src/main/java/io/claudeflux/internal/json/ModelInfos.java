package io.claudeflux.internal.json;

import io.claudeflux.catalog.Capabilities;
import io.claudeflux.catalog.Capability;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelLine;
import io.claudeflux.message.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Models and what they can do, in both directions. Nulls stay in what is extra, so that they go back out. */
final class ModelInfos {
    private ModelInfos() {}

    static ModelInfo read(Json json) {
        Fields fields = Fields.of(json).drop("type");
        String id = fields.required("id")
                .asString()
                .orElseThrow(() -> new MalformedJsonException("\"id\" is not a string"));
        return new ModelInfo(
                id,
                fields.string("display_name", id),
                time(fields, "created_at"),
                fields.isNull("lifecycle") ? null : fields.open("lifecycle", ModelLifecycle::of),
                time(fields, "deprecated_at"),
                time(fields, "retires_at"),
                fields.isNull("line") ? null : fields.open("line", ModelLine::of),
                fields.isNull("max_input_tokens") ? null : fields.number("max_input_tokens"),
                fields.isNull("max_tokens") ? null : fields.number("max_tokens"),
                isObject(fields, "capabilities") ? capabilities(fields.required("capabilities")) : null,
                fields.rest());
    }

    /** Taken only if it is a time. */
    private static @Nullable Instant time(Fields fields, String name) {
        Json value = fields.peek(name);
        String text = value == null ? null : value.asString().orElse(null);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            fields.drop(name);
            return time;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static Capabilities capabilities(Json json) {
        Fields fields = Fields.of(json);
        return new Capabilities(
                read(fields, "batch"),
                read(fields, "citations"),
                read(fields, "code_execution"),
                read(fields, "image_input"),
                read(fields, "pdf_input"),
                read(fields, "structured_outputs"),
                read(fields, "context_management"),
                read(fields, "effort"),
                read(fields, "server_tools"),
                read(fields, "thinking"),
                fields.rest());
    }

    private static @Nullable Capability read(Fields fields, String name) {
        return isObject(fields, name) ? readOne(fields.required(name)) : null;
    }

    private static boolean isObject(Fields fields, String name) {
        Json value = fields.peek(name);
        return value != null && value.isObject();
    }

    private static Capability readOne(Json json) {
        Map<String, Json> left = new LinkedHashMap<>(Slices.members(json.text()));
        Boolean supported = supported(left.get("supported"));
        if (supported != null) {
            left.remove("supported");
        }
        Map<String, Capability> parts = new LinkedHashMap<>();
        left.forEach((name, value) -> {
            if (value.isObject()) {
                parts.put(name, readOne(value));
            }
        });
        left.keySet().removeAll(parts.keySet());
        return new Capability(supported, parts, left.isEmpty() ? Json.emptyObject() : Json.of(left));
    }

    private static @Nullable Boolean supported(@Nullable Json value) {
        String text = value == null ? "" : value.text();
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    static void write(JsonGenerator out, ModelInfo model) {
        Members.object(out)
                .string("type", "model")
                .string("id", model.id())
                .string("display_name", model.displayName())
                .word("created_at", model.createdAt())
                .word("lifecycle", model.lifecycle())
                .word("deprecated_at", model.deprecatedAt())
                .word("retires_at", model.retiresAt())
                .word("line", model.line())
                .number("max_input_tokens", model.maxInputTokens())
                .number("max_tokens", model.maxTokens())
                .value("capabilities", model.capabilities(), ModelInfos::writeCapabilities)
                .rest(model.extra())
                .end();
    }

    private static void writeCapabilities(JsonGenerator out, Capabilities capabilities) {
        Members.object(out)
                .value("batch", capabilities.batch(), ModelInfos::writeOne)
                .value("citations", capabilities.citations(), ModelInfos::writeOne)
                .value("code_execution", capabilities.codeExecution(), ModelInfos::writeOne)
                .value("image_input", capabilities.imageInput(), ModelInfos::writeOne)
                .value("pdf_input", capabilities.pdfInput(), ModelInfos::writeOne)
                .value("structured_outputs", capabilities.structuredOutputs(), ModelInfos::writeOne)
                .value("context_management", capabilities.contextManagement(), ModelInfos::writeOne)
                .value("effort", capabilities.effort(), ModelInfos::writeOne)
                .value("server_tools", capabilities.serverTools(), ModelInfos::writeOne)
                .value("thinking", capabilities.thinking(), ModelInfos::writeOne)
                .rest(capabilities.extra())
                .end();
    }

    private static void writeOne(JsonGenerator out, Capability capability) {
        Members members = Members.object(out).bool("supported", capability.supported());
        capability.parts().forEach((name, part) -> members.value(name, part, ModelInfos::writeOne));
        members.rest(capability.extra()).end();
    }
}
