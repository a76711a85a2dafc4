package io.claudeflux.speed.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * A JVM that this one has started, with the same JDK. It ends when it is closed, and by itself when this JVM is gone:
 * its standard input is a pipe from here.
 */
public final class Child implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<JsonNode> line = new CompletableFuture<>();

    private Child(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process; what it says on its standard error goes to a file.
     *
     * @param classPath where it finds its classes
     * @param options of the JVM
     * @param arguments the class with its {@code main}, and what that is given
     */
    public static Child start(String classPath, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(arguments);
        try {
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(errors()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File errors() throws IOException {
        File errors = Path.of("target", "speed", "last-stderr.txt").toFile();
        errors.getParentFile().mkdirs();
        return errors;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                Line.parse(text).ifPresent(line::complete);
            }
            line.completeExceptionally(new IOException("The process ended without a result"));
        } catch (IOException | RuntimeException e) {
            line.completeExceptionally(e);
        }
    }

    /** Waits for the one line of JSON that the process prints. */
    public JsonNode result(Duration limit) throws IOException {
        try {
            return line.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The process said nothing for " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
        }
    }

    /** Ends the process, if it has not ended yet. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .handle((done, failure) -> done)
                .join();
    }
}
