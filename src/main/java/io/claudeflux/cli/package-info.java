/**
 * The command line: a demo of many streams at once, one question answered as it arrives, and the simulator alone.
 *
 * <p>An application of the library as any other: it knows its public packages, the simulator and picocli.
 * {@link io.claudeflux.cli.Main} is the way in; what a process is given (streams, environment, terminal, Ctrl-C) is a
 * {@link io.claudeflux.cli.Shell}, so that every command also runs inside a test. Streams are read on the client's
 * event loops; everything is printed on one thread of its own, the only one that may wait for a terminal.
 */
@NullMarked
package io.claudeflux.cli;

import org.jspecify.annotations.NullMarked;
