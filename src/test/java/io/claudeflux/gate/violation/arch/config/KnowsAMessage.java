package io.claudeflux.gate.violation.arch.config;

import io.claudeflux.gate.violation.arch.message.Letter;

/** Settings know nothing but the JDK. */
public record KnowsAMessage(Letter letter) {}
