package io.claudeflux.gate.violation.arch.schema;

import com.github.victools.jsonschema.generator.SchemaVersion;

/** Would not load without an optional library. */
final class MakesSchemas {
    private MakesSchemas() {}

    static String dialect() {
        return SchemaVersion.DRAFT_2020_12.getIdentifier();
    }
}
