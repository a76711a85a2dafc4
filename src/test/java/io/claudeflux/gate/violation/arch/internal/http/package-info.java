/** Offenders. */
@NullMarked
package io.claudeflux.gate.violation.arch.internal.http;

import org.jspecify.annotations.NullMarked;
