package io.claudeflux.error;

import io.claudeflux.message.Message;
import java.util.Objects;

/**
 * An answer came, and it is not the value that was asked for. {@link #message()} has it whole, with what it cost;
 * {@link #reason()} says what is the matter. Asking again may help, and is never done for you: the answer was paid for.
 */
public final class StructuredOutputException extends ClaudeException {
    /** What is the matter with the answer. */
    public enum Reason {
        /** It ended at {@code max_tokens} or at the end of the context window, in the middle of the value. */
        CUT,
        /** The model refused. */
        REFUSED,
        /** There is no text to read: the model calls a tool, pauses, or says nothing. */
        NO_TEXT,
        /** The text is not JSON. */
        NOT_JSON,
        /** The JSON does not fit the schema, or the class; {@link Throwable#getMessage()} says where. */
        MISFIT
    }

    /** What is the matter. */
    private final Reason reason;
    /** The answer. */
    private final Message answer;

    /**
     * An answer that is not the value that was asked for.
     *
     * @param reason what is the matter
     * @param message a sentence: what happened and what to do next; nothing of the answer's text
     * @param answer the answer
     * @param context what is known about the call
     */
    public StructuredOutputException(Reason reason, String message, Message answer, FailureContext context) {
        super(message, null, context);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.answer = Objects.requireNonNull(answer, "answer");
    }

    /**
     * What is the matter with the answer.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The answer, with its usage and its stop reason.
     *
     * @return the whole message
     */
    public Message message() {
        return answer;
    }

    /**
     * The text of the answer, which is output of the model: keep it out of logs that must not hold any.
     *
     * @return its text blocks joined; empty if there are none
     */
    public String rawText() {
        return answer.text();
    }

    @Override
    public String label() {
        return "structured_output";
    }

    @Override
    public Origin origin() {
        return Origin.OUTPUT;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new StructuredOutputException(reason, sentence(), answer, context);
    }
}
