package io.claudeflux.gate.violation.arch.internal.sse;

/** Innocent. */
public interface Frame {}
