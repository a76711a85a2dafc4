/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.mcp;

import org.jspecify.annotations.NullMarked;
