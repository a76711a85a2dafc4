/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.error;

import org.jspecify.annotations.NullMarked;
