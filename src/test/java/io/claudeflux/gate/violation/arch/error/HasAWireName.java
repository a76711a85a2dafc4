package io.claudeflux.gate.violation.arch.error;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A wire name outside the vocabulary. */
record HasAWireName(@JsonProperty("retry_after") long seconds) {}
