/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.config;

import org.jspecify.annotations.NullMarked;
