/** The server that all clients of the benchmark are measured against. */
@NullMarked
package io.claudeflux.speed.server;

import org.jspecify.annotations.NullMarked;
