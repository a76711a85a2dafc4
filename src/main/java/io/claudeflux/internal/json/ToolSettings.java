package io.claudeflux.internal.json;

import io.claudeflux.message.ConfigurableTool;
import io.claudeflux.message.ToolCaller;
import io.claudeflux.message.ToolOptions;

/** What nearly all tools have, in both directions: {@link ToolOptions} and a cache breakpoint. */
final class ToolSettings {
    private ToolSettings() {}

    static ToolOptions options(Fields fields) {
        return new ToolOptions(
                fields.bool("strict"), fields.bool("defer_loading"), fields.words("allowed_callers", ToolCaller::of));
    }

    static Members write(Members out, ConfigurableTool<?> tool) {
        ToolOptions options = tool.options();
        return out.bool("strict", options.strict())
                .bool("defer_loading", options.deferLoading())
                .words("allowed_callers", options.allowedCallers())
                .cacheControl(tool.cacheControl());
    }

    /** Takes the name, which only some tools can choose. */
    static Fields named(Fields fields, String name) {
        if (!fields.requiredString("name").equals(name)) {
            throw new MalformedJsonException("not the name of this tool");
        }
        return fields;
    }
}
