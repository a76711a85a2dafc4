package io.claudeflux.message;

import java.util.Objects;

/**
 * Why Claude stopped.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code stop_reason}.
 *
 * @param value the word on the wire
 */
public record StopReason(String value) {
    /** The answer is finished. */
    public static final StopReason END_TURN = new StopReason("end_turn");

    /** {@code max_tokens} was reached; a tool input may be cut. */
    public static final StopReason MAX_TOKENS = new StopReason("max_tokens");

    /** One of the request's stop sequences was produced. */
    public static final StopReason STOP_SEQUENCE = new StopReason("stop_sequence");

    /** Claude waits for tool results. */
    public static final StopReason TOOL_USE = new StopReason("tool_use");

    /** A long turn was paused; send the answer back as it is to go on. */
    public static final StopReason PAUSE_TURN = new StopReason("pause_turn");

    /** Claude declined; see {@link StopDetails}. */
    public static final StopReason REFUSAL = new StopReason("refusal");

    /** The context window is full. */
    public static final StopReason MODEL_CONTEXT_WINDOW_EXCEEDED = new StopReason("model_context_window_exceeded");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public StopReason {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static StopReason of(String value) {
        return new StopReason(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
