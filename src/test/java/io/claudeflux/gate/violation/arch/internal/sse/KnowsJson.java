package io.claudeflux.gate.violation.arch.internal.sse;

import io.claudeflux.gate.violation.arch.internal.json.Reads;

/** Json may know the frames, the frames may not know json. */
final class KnowsJson {
    private KnowsJson() {}

    static Object reader() {
        return new Reads();
    }
}
