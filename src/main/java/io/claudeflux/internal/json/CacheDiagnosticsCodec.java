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
        Members.object(
                out,
                diagnostics,
                (members, value) -> members.value(
                                "cache_miss_reason", value.cacheMissReason(), CacheDiagnosticsCodec::writeMiss)
                        .rest(value.extra()));
    }

    private static void writeMiss(JsonGenerator out, CacheMiss miss) {
        Members.object(
                out,
                miss,
                (members, value) -> members.word("type", value.type())
                        .number("cache_missed_input_tokens", value.cacheMissedInputTokens())
                        .rest(value.extra()));
    }
}
