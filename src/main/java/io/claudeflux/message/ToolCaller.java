package io.claudeflux.message;

import java.util.Objects;

/**
 * Who may call a tool.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code tools[].allowed_callers}.
 *
 * @param value the word on the wire
 */
public record ToolCaller(String value) {
    /** The model itself. */
    public static final ToolCaller DIRECT = new ToolCaller("direct");

    /** Code that the tool of this date runs. */
    public static final ToolCaller CODE_EXECUTION_20250825 = new ToolCaller("code_execution_20250825");

    /** Code that the tool of this date runs. */
    public static final ToolCaller CODE_EXECUTION_20260120 = new ToolCaller("code_execution_20260120");

    /** Code that the tool of this date runs. */
    public static final ToolCaller CODE_EXECUTION_20260521 = new ToolCaller("code_execution_20260521");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ToolCaller {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ToolCaller of(String value) {
        return new ToolCaller(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
