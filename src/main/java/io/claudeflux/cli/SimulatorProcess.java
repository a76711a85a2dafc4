package io.claudeflux.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code simulate} command in a JVM of its own, so that what is measured in this one is the client alone.
 *
 * <p>It does not outlive this process, however that ends: it is killed on {@link #close()}, and it reads its standard
 * input, whose other end is here.
 */
final class SimulatorProcess implements AutoCloseable {
    private static final Pattern BASE_URL = Pattern.compile("http://[\\w.]+:\\d+");
    private static final long KILL_SECONDS = 5;

    private final Process process;
    private final String baseUrl;

    private SimulatorProcess(Process process, String baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /** Starts it with these arguments and waits until it listens. */
    static SimulatorProcess start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // From JDK 24 on the JVM warns of Netty's native code unless it was allowed.
                "--enable-native-access=ALL-UNNAMED",
                // It shares the machine with what is measured: quick to start rather than fast.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Main.class.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try {
            return new SimulatorProcess(process, baseUrl(process));
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static String baseUrl(Process process) throws IOException {
        // Stays open with the process; the little that it says fits into the pipe.
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        Matcher url = BASE_URL.matcher(line == null ? "" : line);
        if (!url.find()) {
            throw new IOException(line == null ? "it ended without a word" : "it said: " + line);
        }
        return url.group();
    }

    /** Where this program is. A build tool that runs it inside of its own JVM has it in a class loader of its own. */
    private static String classPath() {
        ClassLoader loader = Main.class.getClassLoader();
        return loader instanceof URLClassLoader urls
                ? Arrays.stream(urls.getURLs())
                        .map(SimulatorProcess::path)
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Lets all answers come to their end with the next word. */
    void endAnswers() {
        try {
            OutputStream in = process.getOutputStream();
            in.write('\n');
            in.flush();
        } catch (IOException gone) {
            // Its streams say so themselves.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            // Whether it is gone in time makes no difference: the signal cannot be ignored.
            var unused = process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
