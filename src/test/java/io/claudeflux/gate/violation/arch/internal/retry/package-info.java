/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.internal.retry;

import org.jspecify.annotations.NullMarked;
