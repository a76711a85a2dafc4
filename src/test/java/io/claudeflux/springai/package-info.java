/** Claude in Spring AI, held against the version that the build pins. */
@NullMarked
package io.claudeflux.springai;

import org.jspecify.annotations.NullMarked;
