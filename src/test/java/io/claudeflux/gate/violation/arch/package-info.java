/**
 * A tree in the shape of the library in which every rule of the architecture is broken once; its root is this package.
 */
@NullMarked
package io.claudeflux.gate.violation.arch;

import org.jspecify.annotations.NullMarked;
