package io.claudeflux.message;

import java.util.Objects;

/**
 * How much of the thinking an answer shows.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code thinking.display}.
 *
 * @param value the word on the wire
 */
public record ThinkingDisplay(String value) {
    /** A summary. */
    public static final ThinkingDisplay SUMMARIZED = new ThinkingDisplay("summarized");

    /** Nothing but the signature. */
    public static final ThinkingDisplay OMITTED = new ThinkingDisplay("omitted");

    /** Progress notes (beta {@code thinking-display-updates-2026-08-18}). */
    public static final ThinkingDisplay UPDATES = new ThinkingDisplay("updates");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ThinkingDisplay {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ThinkingDisplay of(String value) {
        return new ThinkingDisplay(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
