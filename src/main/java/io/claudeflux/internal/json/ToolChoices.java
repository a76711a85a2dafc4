package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.ToolChoice;
import tools.jackson.core.JsonGenerator;

/** The choice among tools, in both directions. */
final class ToolChoices {
    private ToolChoices() {}

    static ToolChoice read(Json json) {
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

    static void write(JsonGenerator out, ToolChoice choice) {
        if (choice instanceof ToolChoice.UnknownToolChoice unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out).string("type", choice.type());
            members(members, choice);
            members.end();
        }
    }

    private static void members(Members out, ToolChoice choice) {
        if (choice instanceof ToolChoice.Auto auto) {
            out.bool("disable_parallel_tool_use", auto.disableParallelToolUse());
        } else if (choice instanceof ToolChoice.Any any) {
            out.bool("disable_parallel_tool_use", any.disableParallelToolUse());
        } else if (choice instanceof ToolChoice.Named named) {
            out.string("name", named.name()).bool("disable_parallel_tool_use", named.disableParallelToolUse());
        }
    }
}
