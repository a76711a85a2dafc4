package io.claudeflux.gate.violation.arch.schema;

import io.claudeflux.gate.violation.arch.internal.json.Reads;

/** May know one internal package, and this is another. */
final class ReadsJson {
    private ReadsJson() {}

    static Object reader() {
        return new Reads();
    }
}
