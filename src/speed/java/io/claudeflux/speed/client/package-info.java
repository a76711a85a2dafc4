/** The clients that are compared, and the process that one of them is measured in. */
@NullMarked
package io.claudeflux.speed.client;

import org.jspecify.annotations.NullMarked;
