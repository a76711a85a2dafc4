package io.claudeflux.internal.json;

import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.message.UnknownTool;
import tools.jackson.core.JsonGenerator;

/** Tools and the choice among them, in both directions. */
final class Tools {
    private Tools() {}

    static Tool read(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "custom");
        if (!type.equals("custom")) {
            return new UnknownTool(type, json);
        }
        return new CustomTool(
                fields.string("name", ""),
                fields.string("description"),
                fields.required("input_schema"),
                ContentBlocks.cacheControl(fields),
                fields.rest());
    }

    static void write(JsonGenerator out, Tool tool) {
        if (tool instanceof UnknownTool unknown) {
            Members.raw(out, unknown.raw());
        } else if (tool instanceof CustomTool custom) {
            Members.object(
                    out,
                    custom,
                    (members, value) -> members.string("name", value.name())
                            .string("description", value.description())
                            .json("input_schema", value.inputSchema())
                            .value("cache_control", value.cacheControl(), ContentBlocks::writeCacheControl)
                            .rest(value.extra()));
        }
    }

    static ToolChoice readChoice(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "");
        ToolChoice choice = switch (type) {
            case "auto" -> new ToolChoice.Auto(fields.bool("disable_parallel_tool_use"));
            case "any" -> new ToolChoice.Any(fields.bool("disable_parallel_tool_use"));
            case "tool" -> new ToolChoice.Named(fields.string("name", ""), fields.bool("disable_parallel_tool_use"));
            case "none" -> new ToolChoice.None();
            default -> new ToolChoice.UnknownToolChoice(type, json);
        };
        return fields.isEmpty() ? choice : new ToolChoice.UnknownToolChoice(type, json);
    }

    static void writeChoice(JsonGenerator out, ToolChoice choice) {
        if (choice instanceof ToolChoice.UnknownToolChoice unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members.object(out, choice, Tools::choiceMembers);
        }
    }

    private static void choiceMembers(Members out, ToolChoice choice) {
        out.string("type", choice.type());
        if (choice instanceof ToolChoice.Auto auto) {
            out.bool("disable_parallel_tool_use", auto.disableParallelToolUse());
        } else if (choice instanceof ToolChoice.Any any) {
            out.bool("disable_parallel_tool_use", any.disableParallelToolUse());
        } else if (choice instanceof ToolChoice.Named named) {
            out.string("name", named.name()).bool("disable_parallel_tool_use", named.disableParallelToolUse());
        }
    }
}
