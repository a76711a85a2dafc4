package io.claudeflux.cli;

import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How many tokens a prompt has. */
@Command(
        name = "count",
        mixinStandardHelpOptions = true,
        description = {
            "Counts the tokens of a prompt, with instructions and tools if there are any; generates nothing, and is"
                    + " free of charge. Standard output holds the number and nothing else.",
            "Asks whom ask asks: the API that the environment names, otherwise a simulator that guesses."
        })
final class Count implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--model", paramLabel = "<id>", description = "Default: ${DEFAULT-VALUE}.")
    String model = Ask.DEFAULT_MODEL;

    @Option(names = "--system", paramLabel = "<text>", description = "Instructions ahead of the prompt.")
    @Nullable String system;

    @Option(
            names = "--tool",
            paramLabel = "<file>",
            description = "A file with a tool as JSON, or with a list of them; may be repeated.")
    List<Path> tools = List.of();

    @Option(names = "--json", description = "Prints the answer as JSON.")
    boolean json;

    @Parameters(paramLabel = "<prompt>", description = "What to count; several words are joined.")
    List<String> prompt = List.of();

    Count(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        String question = String.join(" ", prompt);
        if (question.isBlank()) {
            return shell.fail(Main.USAGE, "there is no prompt; see claude-flux count --help");
        }
        // The limit is not sent: nothing is generated.
        MessageRequestBuilder request =
                MessageRequest.builder().model(model).maxTokens(1).user(question);
        if (system != null) {
            request.system(system);
        }
        for (Path file : tools) {
            try {
                read(file).forEach(request::tool);
            } catch (IOException unreadable) {
                return shell.fail(Main.USAGE, "--tool: " + file + " cannot be read");
            } catch (IllegalArgumentException noTool) {
                return shell.fail(Main.USAGE, "--tool: " + file + " holds no tool: " + noTool.getMessage());
            }
        }
        return Session.run(
                shell,
                connection -> Session.print(
                        shell,
                        connection.claude().messages().countTokens(request.build()),
                        count -> shell.out()
                                .println(json ? Json.of(count).text() : String.valueOf(count.inputTokens()))));
    }

    private static List<Tool> read(Path file) throws IOException {
        Json content = Json.parse(Files.readString(file));
        List<Tool> read = new ArrayList<>();
        for (Json tool : content.isObject() ? List.of(content) : content.elements()) {
            if (!tool.isObject()) {
                throw new IllegalArgumentException("a tool is a JSON object");
            }
            // The same file serves "ask", which runs the command.
            Map<String, Json> definition = new LinkedHashMap<>(tool.members());
            definition.remove(CommandTool.COMMAND);
            read.add(Json.of(definition).as(Tool.class));
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("neither an object nor a list of them");
        }
        return read;
    }
}
