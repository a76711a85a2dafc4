package io.claudeflux.message;

import java.util.Objects;

/**
 * How much work the model puts into an answer.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code output_config.effort}.
 *
 * @param value the word on the wire
 */
public record Effort(String value) {
    /** Shortest. */
    public static final Effort LOW = new Effort("low");

    /** In between. */
    public static final Effort MEDIUM = new Effort("medium");

    /** The usual. */
    public static final Effort HIGH = new Effort("high");

    /** More. */
    public static final Effort XHIGH = new Effort("xhigh");

    /** The most. */
    public static final Effort MAX = new Effort("max");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Effort {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static Effort of(String value) {
        return new Effort(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
