/** Tests of the command line: inside this JVM with captured streams, and as processes of their own. */
@NullMarked
package io.claudeflux.cli;

import org.jspecify.annotations.NullMarked;
