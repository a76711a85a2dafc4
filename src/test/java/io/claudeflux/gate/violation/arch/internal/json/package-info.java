/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.internal.json;

import org.jspecify.annotations.NullMarked;
