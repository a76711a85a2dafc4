package io.claudeflux.internal.json;

import io.claudeflux.message.Caller;
import io.claudeflux.message.Json;
import tools.jackson.core.JsonGenerator;

/** Callers of tools, in both directions. */
final class Callers {
    private Callers() {}

    static Caller read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new Caller(fields.requiredString("type"), fields.string("tool_id"), fields.rest());
    }

    static void write(JsonGenerator out, Caller caller) {
        Members.object(out)
                .string("type", caller.type())
                .string("tool_id", caller.toolId())
                .rest(caller.extra())
                .end();
    }
}
