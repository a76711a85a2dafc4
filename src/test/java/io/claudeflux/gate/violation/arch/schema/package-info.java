/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.schema;

import org.jspecify.annotations.NullMarked;
