package io.claudeflux.gate.violation.arch.config;

import picocli.CommandLine.Option;

/** An option of the command line among the settings. */
final class IsACommand {
    @Option(names = "--verbose")
    boolean verbose;
}
