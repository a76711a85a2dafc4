package io.claudeflux.gate.violation.arch.internal.retry;

import org.opentest4j.TestAbortedException;

/** A library that no user has. */
final class BorrowsALibrary {
    private BorrowsALibrary() {}

    static RuntimeException failure() {
        return new TestAbortedException();
    }
}
