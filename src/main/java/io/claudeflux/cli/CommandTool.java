package io.claudeflux.cli;

import io.claudeflux.message.Json;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A tool that is a command: a file says what the model is told of it, and what to run.
 *
 * <pre>
 * {"name": "get_weather", "description": "The weather of a city.",
 *  "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
 *  "command": ["./weather.sh", "--brief"]}
 * </pre>
 *
 * @param name the tool's name
 * @param description what it does
 * @param inputSchema the JSON schema of its input
 * @param command run without a shell, with the input as JSON on its standard input; what it prints is the result
 */
record CommandTool(String name, String description, Json inputSchema, List<String> command) {
    /** The member of the file that is ours and not the API's. */
    static final String COMMAND = "command";

    private static final int MOST_OUTPUT = 1 << 20;

    /** What a tool must not learn: whoever writes its input may have read anything. */
    private static final String OURS = "ANTHROPIC_";

    /** @throws IllegalArgumentException saying what is wrong with the file */
    static CommandTool read(Path file) {
        Map<String, Json> fields = JsonFile.read(file).members();
        return new CommandTool(
                text(file, fields, "name"),
                text(file, fields, "description"),
                member(file, fields, "input_schema"),
                member(file, fields, COMMAND).elements().stream()
                        .map(word -> word.asString()
                                .orElseThrow(() -> wrong(file, "\"command\" must be an array of strings")))
                        .toList());
    }

    CommandTool {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("the \"command\" of tool " + name + " is empty; it is an array of"
                    + " strings: the program and its arguments");
        }
    }

    private static String text(Path file, Map<String, Json> fields, String name) {
        return member(file, fields, name)
                .asString()
                .orElseThrow(() -> wrong(file, "\"" + name + "\" must be a string"));
    }

    private static Json member(Path file, Map<String, Json> fields, String name) {
        @Nullable Json value = fields.get(name);
        if (value == null) {
            throw wrong(
                    file,
                    "\"" + name + "\" is missing; a tool has a name, a description, an input_schema and a"
                            + " command");
        }
        return value;
    }

    private static IllegalArgumentException wrong(Path file, String problem) {
        return new IllegalArgumentException(file + ": " + problem);
    }

    /** The tool as a client runs it. */
    ClientTool forClient() {
        return ClientTool.of(name, description, inputSchema, this::run);
    }

    /** Runs the command, on a thread that may block; a cancel kills it and what it started. */
    Mono<String> run(Json input) {
        return Mono.using(this::start, process -> Mono.fromCallable(() -> answer(process, input)), CommandTool::kill)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        withoutKeys(builder.environment());
        return builder.start();
    }

    static void withoutKeys(Map<String, String> environment) {
        environment.keySet().removeIf(variable -> variable.startsWith(OURS));
    }

    /** What it started first: once it is gone itself, they are nobody's. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private String answer(Process process, Json input) throws IOException, InterruptedException {
        // On a thread of its own: a command that prints while it reads would wait for us, and we for it.
        Disposable feeding = Schedulers.boundedElastic().schedule(() -> feed(process, input));
        try {
            return printed(process);
        } finally {
            feeding.dispose();
        }
    }

    private static void feed(Process process, Json input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // A command need not read what it is given.
        }
    }

    private String printed(Process process) throws IOException, InterruptedException {
        byte[] output = process.getInputStream().readNBytes(MOST_OUTPUT + 1);
        if (output.length > MOST_OUTPUT) {
            throw new ToolException(command.get(0) + " printed more than " + MOST_OUTPUT + " bytes");
        }
        int exitCode = process.waitFor();
        String text = new String(output, StandardCharsets.UTF_8).strip();
        if (exitCode != 0) {
            throw new ToolException(command.get(0) + " exited with " + exitCode + (text.isEmpty() ? "" : ": " + text));
        }
        return text;
    }
}
