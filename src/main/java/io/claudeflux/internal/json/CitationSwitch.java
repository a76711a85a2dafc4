package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import tools.jackson.core.JsonGenerator;

/** Whether the model may cite something: <code>{"enabled": true}</code>. */
final class CitationSwitch {
    private CitationSwitch() {}

    /** Malformed with anything beside the switch, so that whoever asks keeps the JSON. */
    static Boolean read(Json json) {
        Fields fields = Fields.of(json);
        Boolean isEnabled = fields.bool("enabled");
        if (isEnabled == null || !fields.isEmpty()) {
            throw new MalformedJsonException("more or less than a switch");
        }
        return isEnabled;
    }

    static void write(JsonGenerator out, Boolean isEnabled) {
        Members.object(out).bool("enabled", isEnabled).end();
    }
}
