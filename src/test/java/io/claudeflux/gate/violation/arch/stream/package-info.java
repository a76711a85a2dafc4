/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.stream;

import org.jspecify.annotations.NullMarked;
