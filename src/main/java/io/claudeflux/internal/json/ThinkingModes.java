package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.Thinking;
import io.claudeflux.message.ThinkingDisplay;
import tools.jackson.core.JsonGenerator;

/** The {@code thinking} setting of a request, in both directions. */
final class ThinkingModes {
    private ThinkingModes() {}

    static Thinking read(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "");
        Thinking mode = switch (type) {
            case "enabled" ->
                new Thinking.Enabled(fields.integer("budget_tokens"), fields.open("display", ThinkingDisplay::of));
            case "adaptive" -> new Thinking.Adaptive(fields.open("display", ThinkingDisplay::of));
            case "disabled" -> new Thinking.Disabled();
            case "between_tools" -> new Thinking.BetweenTools();
            default -> new Thinking.UnknownThinking(type, json);
        };
        return fields.isEmpty() ? mode : new Thinking.UnknownThinking(type, json);
    }

    static void write(JsonGenerator out, Thinking mode) {
        if (mode instanceof Thinking.UnknownThinking unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out).string("type", mode.type());
            members(members, mode);
            members.end();
        }
    }

    private static void members(Members out, Thinking mode) {
        if (mode instanceof Thinking.Enabled enabled) {
            out.number("budget_tokens", (long) enabled.budgetTokens()).word("display", enabled.display());
        } else if (mode instanceof Thinking.Adaptive adaptive) {
            out.word("display", adaptive.display());
        }
    }
}
