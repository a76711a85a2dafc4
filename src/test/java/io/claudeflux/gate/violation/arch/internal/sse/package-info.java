/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.internal.sse;

import org.jspecify.annotations.NullMarked;
