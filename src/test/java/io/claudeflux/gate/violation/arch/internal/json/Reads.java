package io.claudeflux.gate.violation.arch.internal.json;

import io.claudeflux.gate.violation.arch.internal.sse.Frame;

/** Innocent. */
public final class Reads {
    /** Reads. */
    public boolean read(Frame frame) {
        return frame != null;
    }
}
