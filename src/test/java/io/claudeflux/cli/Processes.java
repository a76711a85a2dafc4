package io.claudeflux.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts the command line as a process of its own, without the keys and profiles of whoever runs the tests. */
final class Processes {
    private Processes() {}

    static Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // From JDK 24 on the JVM itself warns of Netty's native code on standard error unless it was allowed.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.claudeflux.cli.Main"));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTHROPIC_"));
        // A profile in their home would be logged in with, too.
        builder.environment().put("ANTHROPIC_CONFIG_DIR", "no-profiles-here");
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
