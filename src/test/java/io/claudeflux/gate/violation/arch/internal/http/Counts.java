package io.claudeflux.gate.violation.arch.internal.http;

import java.util.concurrent.atomic.AtomicLong;

/** Two clients in one JVM share what is static. */
final class Counts {
    static final AtomicLong REQUESTS = new AtomicLong();
    static boolean closed;

    private Counts() {}
}
