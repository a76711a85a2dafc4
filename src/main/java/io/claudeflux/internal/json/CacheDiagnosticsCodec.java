package io.claudeflux.internal.json;

import io.claudeflux.message.CacheDiagnostics;
import io.claudeflux.message.CacheMiss;
import io.claudeflux.message.Json;
import tools.jackson.core.JsonGenerator;

/** What the server says about the prompt cache, in both directions. */
final class CacheDiagnosticsCodec {
    private CacheDiagnosticsCodec() {}

    static CacheDiagnostics read(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new CacheDiagnostics(fields.fitting("cache_miss_reason", CacheDiagnosticsCodec::miss), fields.rest());
    }

    private static CacheMiss miss(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new CacheMiss(
                new CacheMiss.Reason(fields.requiredString("type")),
                fields.number("cache_missed_input_tokens"),
                fields.rest());
    }

    static void write(JsonGenerator out, CacheDiagnostics diagnostics) {
        Members.object(out)
                .value("cache_miss_reason", diagnostics.cacheMissReason(), CacheDiagnosticsCodec::writeMiss)
                .rest(diagnostics.extra())
                .end();
    }

    private static void writeMiss(JsonGenerator out, CacheMiss miss) {
        Members.object(out)
                .word("type", miss.type())
                .number("cache_missed_input_tokens", miss.cacheMissedInputTokens())
                .rest(miss.extra())
                .end();
    }
}
