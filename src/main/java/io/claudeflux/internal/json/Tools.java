package io.claudeflux.internal.json;

import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Tool;
import io.claudeflux.message.UnknownTool;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Tools, in both directions. The type of most ends in a date: the codec goes by what stands ahead of it, so that a
 * newer date is read as the tool it is.
 */
final class Tools {
    private static final Pattern DATE = Pattern.compile("_\\d{8}$");

    private static final Union<Tool> UNION = new Union<>(
            UnknownTool::new,
            tool -> tool instanceof UnknownTool unknown ? unknown.raw() : null,
            () -> ClientTools.CODECS,
            () -> ServerTools.CODECS);

    private Tools() {}

    static Tool read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        Json word = fields.peek("type");
        if (word == null || word.isNull()) {
            return UNION.read(json, fields, "", CustomTool.TYPE);
        }
        String type = word.asString().orElse("");
        return UNION.read(json, fields, type, DATE.matcher(type).replaceFirst(""));
    }

    static void write(JsonGenerator out, Tool tool) {
        if (tool instanceof UnknownTool unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out);
            UNION.codec(tool).writeMembers(members, tool);
            members.end();
        }
    }
}
