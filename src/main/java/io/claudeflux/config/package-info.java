/** Settings of a client: immutable values with their defaults as constants. */
@NullMarked
package io.claudeflux.config;

import org.jspecify.annotations.NullMarked;
