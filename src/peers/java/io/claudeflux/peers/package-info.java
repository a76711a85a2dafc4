/** Other clients under the faults of {@code io.claudeflux.fault}; only the {@code peers} profile compiles them. */
@NullMarked
package io.claudeflux.peers;

import org.jspecify.annotations.NullMarked;
