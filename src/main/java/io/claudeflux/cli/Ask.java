package io.claudeflux.cli;

import io.claudeflux.CallListener;
import io.claudeflux.CallOptions;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import io.claudeflux.message.StopReason;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
            "A request that fails in a way that passes is sent again, which standard error tells too."
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
        try (Connection connection = Connection.open(shell)) {
            if (connection.isSimulated()) {
                shell.err().println("claude-flux: no ANTHROPIC_API_KEY found, the simulator inside this JVM answers");
                shell.err().flush();
            }
            return stream(connection, request(question));
        } catch (ConfigurationException wrong) {
            String variable = Connection.variable(wrong.setting());
            return shell.fail(Main.FAILED, variable + ": " + wrong.getMessage());
        } catch (ClaudeException failed) {
            return shell.fail(Main.FAILED, String.valueOf(failed.getMessage()));
        }
    }

    private MessageRequest request(String question) {
        MessageRequestBuilder request =
                MessageRequest.builder().model(model).maxTokens(maxTokens).user(question);
        return (system == null ? request : request.system(system)).build();
    }

    private int stream(Connection connection, MessageRequest request) {
        Scheduler printer = Shell.printer();
        Printer answer = new Printer();
        try {
            connection.claude().messages().with(CallOptions.none().withListener(new Patience(printer))).stream(request)
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
        return answer.closed ? Main.CLOSED_PIPE : Main.OK;
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

    /** Puts events on standard output. Confined to the printing thread, and behind it to the one that started it. */
    private final class Printer {
        private boolean lineOpen;
        private boolean closed;

        /** Prints what belongs to the output; false once nobody reads it any more. */
        boolean print(StreamEvent event) {
            if (json) {
                shell.out().println(Json.of(event).text());
            } else if (event instanceof ContentBlockDelta block
                    && block.delta() instanceof TextDelta delta
                    && !delta.text().isEmpty()) {
                shell.out().print(delta.text());
                lineOpen = !delta.text().endsWith("\n");
            } else if (event instanceof MessageDelta delta) {
                mention(delta.delta().stopReason());
            }
            closed = shell.out().checkError();
            return !closed;
        }

        /** An answer that ends for another reason than that it is finished looks finished all the same. */
        private void mention(@Nullable StopReason reason) {
            if (reason != null && !reason.equals(StopReason.END_TURN)) {
                endLine();
                shell.fail(Main.OK, "the answer ended with stop_reason " + reason.value());
            }
        }

        void endLine() {
            if (lineOpen) {
                shell.out().println();
                shell.out().flush();
                lineOpen = false;
            }
        }
    }
}
