/** Processes of the benchmark: how they are started, talk and end. */
@NullMarked
package io.claudeflux.speed.process;

import org.jspecify.annotations.NullMarked;
