/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.simulator;

import org.jspecify.annotations.NullMarked;
