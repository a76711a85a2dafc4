/** What holds the whole code base to its rules: arrows between packages, leaks, blocking calls, budgets. */
@NullMarked
package io.claudeflux.gate;

import org.jspecify.annotations.NullMarked;
