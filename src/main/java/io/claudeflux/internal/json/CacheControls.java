package io.claudeflux.internal.json;

import io.claudeflux.message.CacheControl;
import io.claudeflux.message.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Cache breakpoints, in both directions. */
final class CacheControls {
    private CacheControls() {}

    static @Nullable CacheControl of(Fields fields) {
        return fields.map("cache_control", CacheControls::read);
    }

    private static CacheControl read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new CacheControl(fields.requiredString("type"), fields.string("ttl"), fields.rest());
    }

    static void write(JsonGenerator out, CacheControl control) {
        Members.object(out)
                .string("type", control.type())
                .string("ttl", control.ttl())
                .rest(control.extra())
                .end();
    }
}
