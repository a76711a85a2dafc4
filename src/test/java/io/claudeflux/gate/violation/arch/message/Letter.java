package io.claudeflux.gate.violation.arch.message;

/** Innocent. */
public record Letter(String text) {}
