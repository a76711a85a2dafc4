package io.claudeflux.gate.violation.arch.util;

/** A package that the design does not name. */
final class Strings {
    private Strings() {}
}
