/** The README's samples, held against the code. */
@NullMarked
package io.claudeflux.readme;

import org.jspecify.annotations.NullMarked;
