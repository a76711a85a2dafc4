/**
 * What this client costs next to others, measured in processes of their own; only the {@code speed} profile compiles
 * it.
 */
@NullMarked
package io.claudeflux.speed;

import org.jspecify.annotations.NullMarked;
