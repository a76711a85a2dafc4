package io.claudeflux.gate.violation.arch;

/** Innocent. */
public interface Client {}
