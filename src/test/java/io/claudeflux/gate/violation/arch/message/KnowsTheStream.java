package io.claudeflux.gate.violation.arch.message;

import io.claudeflux.gate.violation.arch.stream.Page;

/** Half of a cycle: the stream knows the messages already. */
public record KnowsTheStream(Page page) {}
