package io.claudeflux.gate.violation.arch.stream;

import io.claudeflux.gate.violation.arch.message.Letter;

/** Innocent. */
public record Page(Letter letter) {}
