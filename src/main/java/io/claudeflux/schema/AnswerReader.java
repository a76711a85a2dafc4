package io.claudeflux.schema;

import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StructuredOutputException;
import io.claudeflux.error.StructuredOutputException.Reason;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.Response;
import io.claudeflux.message.StopReason;
import io.claudeflux.message.UsageReport;
import java.util.List;
import java.util.Optional;

/** Reads the value out of a whole answer, or says why there is none; nothing it says quotes the answer. */
final class AnswerReader<T> {
    private final StructuredOutput<T> output;
    private final Response<Message> answer;
    private final Message message;

    AnswerReader(StructuredOutput<T> output, Response<Message> answer) {
        this.output = output;
        this.answer = answer;
        this.message = answer.value();
    }

    /** The value; {@code delivered} is how many events of its stream have been read for drafts. */
    Structured<T> read(long delivered) {
        if (isStoppedBy(StopReason.REFUSAL)) {
            throw failure(
                    Reason.REFUSED, "the model refused to answer; message().stopDetails() may say why", delivered);
        }
        if (isStoppedBy(StopReason.TOOL_USE) || isStoppedBy(StopReason.PAUSE_TURN)) {
            throw failure(
                    Reason.NO_TEXT,
                    "the answer is not there yet, for the model stopped with " + message.stopReason()
                            + ": go on with message(), and ask for the same form again",
                    delivered);
        }
        String text = message.text().strip();
        if (text.isEmpty()) {
            throw failure(isCut() ? Reason.CUT : Reason.NO_TEXT, isCut() ? cut() : "the answer has no text", delivered);
        }
        return new Structured<>(value(text, delivered), message, answer.metadata());
    }

    private T value(String text, long delivered) {
        Json json;
        Optional<String> misfit;
        try {
            json = Json.parse(text);
            // May find numbers that no Java type holds, which the syntax allows.
            misfit = output.schema().misfit(json);
        } catch (IllegalArgumentException broken) {
            // A value that was cut is never whole: its last bracket is missing.
            throw isCut()
                    ? failure(Reason.CUT, cut(), delivered)
                    : failure(
                            Reason.NOT_JSON,
                            "the answer is " + broken.getMessage()
                                    + (isStoppedBy(StopReason.STOP_SEQUENCE)
                                            ? "; a stop sequence ended it: ask without stop sequences"
                                            : "; a server in between may not know output_config.format"),
                            delivered);
        }
        if (misfit.isPresent()) {
            throw failure(Reason.MISFIT, "the answer does not fit the schema: " + misfit.get(), delivered);
        }
        try {
            return json.as(output.type());
        } catch (IllegalArgumentException doesNotFit) {
            // Says where, in the words of the binding, which quote nothing.
            throw failure(Reason.MISFIT, "the answer fits the schema, but " + doesNotFit.getMessage(), delivered);
        }
    }

    private boolean isCut() {
        return isStoppedBy(StopReason.MAX_TOKENS) || isStoppedBy(StopReason.MODEL_CONTEXT_WINDOW_EXCEEDED);
    }

    private String cut() {
        return "the answer was cut, for it ended with " + message.stopReason()
                + ": allow more maxTokens, or ask for less at once";
    }

    private boolean isStoppedBy(StopReason reason) {
        return reason.equals(message.stopReason());
    }

    private StructuredOutputException failure(Reason reason, String sentence, long delivered) {
        UsageReport usage = new UsageReport(message.usage(), true);
        FailureContext context = FailureContext.attempted(false)
                .withRequestId(answer.metadata().requestId().orElse(null))
                .withProgress(delivered, new PartialMessage(message, List.of(), false, usage));
        return new StructuredOutputException(reason, sentence, message, context);
    }
}
