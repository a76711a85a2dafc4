/** What it costs, side by side with what else there is; only the {@code bench} profile compiles it. */
@NullMarked
package io.claudeflux.bench;

import org.jspecify.annotations.NullMarked;
