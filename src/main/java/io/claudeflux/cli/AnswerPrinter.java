package io.claudeflux.cli;

import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.StopReason;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.tool.ToolEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers on standard output, and what happens between them on standard error. Confined to the printing thread,
 * and behind it to the one that started it.
 */
final class AnswerPrinter {
    private static final int SHOWN_INPUT = 120;

    private final Shell shell;
    private final boolean isJson;
    private MessageAccumulator answer = new MessageAccumulator();
    private boolean lineOpen;
    private boolean closed;

    AnswerPrinter(Shell shell, boolean isJson) {
        this.shell = shell;
        this.isJson = isJson;
    }

    /** Prints what belongs to the output; false once nobody reads it any more. */
    boolean print(ToolEvent event) {
        if (event instanceof ToolEvent.Streamed streamed) {
            print(streamed.event());
        } else if (event instanceof ToolEvent.ToolStart start) {
            say("calls " + start.call().name() + " " + shortened(start.call().input()));
        } else if (event instanceof ToolEvent.ToolEnd end) {
            say(outcome(end));
        }
        closed = shell.out().checkError();
        return !closed;
    }

    private void print(StreamEvent event) {
        if (event instanceof MessageStart) {
            answer = new MessageAccumulator();
        }
        answer.add(event);
        if (isJson) {
            shell.out().println(Json.of(event).text());
        } else if (event instanceof ContentBlockDelta block
                && block.delta() instanceof TextDelta delta
                && !delta.text().isEmpty()) {
            shell.out().print(delta.text());
            lineOpen = !delta.text().endsWith("\n");
        }
    }

    private static String outcome(ToolEvent.ToolEnd end) {
        Throwable failure = end.failure();
        String words = failure == null
                ? (end.result().isError() ? "was refused" : "answered")
                : "failed: "
                        + (failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
        return String.format(
                Locale.ROOT,
                "%s %s [%d ms]",
                end.call().name(),
                words,
                end.took().toMillis());
    }

    private static String shortened(Json input) {
        String text = input.text();
        return text.length() <= SHOWN_INPUT ? text : text.substring(0, SHOWN_INPUT) + "…";
    }

    private void say(String line) {
        endLine();
        shell.fail(Main.OK, line);
    }

    /** An answer that ends for another reason than that it is finished looks finished all the same. */
    void mentionEnd() {
        StopReason reason = answer.isComplete() ? answer.message().stopReason() : null;
        if (reason != null && !reason.equals(StopReason.END_TURN)) {
            say("the answer ended with stop_reason " + reason.value());
        }
    }

    void endLine() {
        if (lineOpen) {
            shell.out().println();
            shell.out().flush();
            lineOpen = false;
        }
    }

    /** The last answer; null if it is not whole. */
    @Nullable Message message() {
        return answer.isComplete() ? answer.message() : null;
    }

    boolean isClosed() {
        return closed;
    }
}
