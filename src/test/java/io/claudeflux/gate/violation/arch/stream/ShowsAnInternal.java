package io.claudeflux.gate.violation.arch.stream;

import io.claudeflux.gate.violation.arch.internal.sse.Frame;

/** An internal type as a bound. */
public interface ShowsAnInternal {
    /** Shows it. */
    <T extends Frame> void take(T frame);
}
