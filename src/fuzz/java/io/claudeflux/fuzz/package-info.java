/** Parsers against inputs that nobody thought of; only the {@code fuzz} profile compiles them. */
@NullMarked
package io.claudeflux.fuzz;

import org.jspecify.annotations.NullMarked;
