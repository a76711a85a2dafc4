package io.claudeflux.cli;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.Messages;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.ToolChoice;
import io.claudeflux.schema.JsonSchema;
import io.claudeflux.schema.StructuredOutput;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** One question, its answer printed as it arrives. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Streams one answer as text. Standard output holds the answer and nothing else.",
            "Asks the real API when the environment says who asks, as by ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN or"
                    + " ANTHROPIC_PROFILE, at ANTHROPIC_BASE_URL if that is set too; otherwise a simulator inside this"
                    + " JVM, and says so on standard error.",
            "A request that fails in a way that passes is sent again, which standard error tells too.",
            "A tool file holds name, description, input_schema and command, an array: the command gets the input as"
                    + " JSON on its standard input, and what it prints is the result."
        })
final class Ask implements Callable<Integer> {
    static final String DEFAULT_MODEL = "claude-sonnet-5-5";

    private final Shell shell;

    @Option(names = "--model", paramLabel = "<id>", description = "Default: ${DEFAULT-VALUE}.")
    String model = DEFAULT_MODEL;

    @Option(names = "--max-tokens", paramLabel = "<n>", description = "Default: ${DEFAULT-VALUE}.")
    int maxTokens = 1024;

    @Option(names = "--system", paramLabel = "<text>", description = "Instructions ahead of the prompt.")
    @Nullable String system;

    @Option(names = "--json", description = "Prints the events of the stream, one JSON object a line.")
    boolean json;

    @Option(
            names = "--tool",
            paramLabel = "<file>",
            description = "A tool that the model may call, and the command to run then; as often as you like.")
    List<Path> toolFiles = List.of();

    @Option(names = "--schema", paramLabel = "<file>", description = "The JSON schema that the answer has to fit.")
    @Nullable Path schemaFile;

    @Parameters(paramLabel = "<prompt>", description = "What to ask; several words are joined.")
    List<String> prompt = List.of();

    Ask(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (maxTokens < 1) {
            return shell.fail(Main.USAGE, "--max-tokens must be at least 1 but was " + maxTokens);
        }
        String question = String.join(" ", prompt);
        if (question.isBlank()) {
            return shell.fail(Main.USAGE, "there is no prompt; see claude-flux ask --help");
        }
        Extras extras;
        try {
            extras = Extras.read(toolFiles, schemaFile);
        } catch (IllegalArgumentException | ClaudeException wrong) {
            return shell.fail(Main.USAGE, String.valueOf(wrong.getMessage()));
        }
        return Session.run(shell, connection -> stream(connection, request(question), extras));
    }

    private MessageRequest request(String question) {
        MessageRequestBuilder request =
                MessageRequest.builder().model(model).maxTokens(maxTokens).user(question);
        return (system == null ? request : request.system(system)).build();
    }

    private int stream(Connection connection, MessageRequest request, Extras extras) {
        Scheduler printer = Shell.printer();
        AnswerPrinter answer = new AnswerPrinter(shell, json);
        Messages messages =
                connection.claude().messages().with(CallOptions.none().withListener(new Patience(printer)));
        try {
            extras.ask(messages, request, connection.isSimulated())
                    .takeUntilOther(shell.interrupt().signal())
                    .publishOn(printer)
                    .takeUntil(event -> !answer.print(event))
                    .then()
                    .block();
        } finally {
            printer.dispose();
            answer.endLine();
        }
        if (shell.interrupt().isRaised()) {
            return Interrupt.EXIT_CODE;
        }
        if (answer.isClosed()) {
            return Main.CLOSED_PIPE;
        }
        answer.mentionEnd();
        extras.check(answer.message());
        return Main.OK;
    }

    /**
     * What goes beyond a question.
     *
     * @param tools what the model may call
     * @param output the form of the answer, or null for any
     */
    private record Extras(List<ClientTool> tools, @Nullable StructuredOutput<Json> output) {
        static Extras read(List<Path> toolFiles, @Nullable Path schemaFile) {
            return new Extras(
                    toolFiles.stream()
                            .map(CommandTool::read)
                            .map(CommandTool::forClient)
                            .toList(),
                    schemaFile == null ? null : StructuredOutput.of(JsonSchema.of(JsonFile.read(schemaFile))));
        }

        Flux<ToolEvent> ask(Messages messages, MessageRequest request, boolean isSimulated) {
            MessageRequest formed = output == null ? request : output.applyTo(request);
            if (tools.isEmpty()) {
                return messages.stream(formed).map(event -> new ToolEvent.Streamed(1, event));
            }
            // The simulator calls no tool of its own accord.
            MessageRequest forced = isSimulated
                    ? formed.toBuilder().toolChoice(ToolChoice.any()).build()
                    : formed;
            return messages.tools(tools).run(forced);
        }

        /** Throws what is wrong with an answer that has to be of a form. */
        void check(@Nullable Message answer) {
            if (output != null && answer != null) {
                output.read(answer);
            }
        }
    }

    /** Says on standard error why there is no answer yet. */
    private final class Patience implements CallListener {
        private final Scheduler printer;

        Patience(Scheduler printer) {
            this.printer = printer;
        }

        @Override
        public void onRetry(Retry retry) {
            String reason = Complaint.brief(retry.failure());
            String line = String.format(
                    Locale.ROOT,
                    "attempt %d failed: %s; trying again in %.1f s",
                    retry.failed().number(),
                    reason,
                    retry.delay().toMillis() / 1000.0);
            // Standard error may be slow, and this is an event loop.
            printer.schedule(() -> shell.fail(Main.OK, line));
        }
    }
}
