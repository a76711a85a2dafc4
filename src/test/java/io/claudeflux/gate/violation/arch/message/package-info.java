/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.message;

import org.jspecify.annotations.NullMarked;
