/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.util;

import org.jspecify.annotations.NullMarked;
