package io.claudeflux.message;

import java.util.Objects;

/**
 * Whether the answer repeats what a search or a fetch inside code execution brought.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code tools[].response_inclusion}.
 *
 * @param value the word on the wire
 */
public record ResponseInclusion(String value) {
    /** It does. */
    public static final ResponseInclusion FULL = new ResponseInclusion("full");

    /** It does not. */
    public static final ResponseInclusion EXCLUDED = new ResponseInclusion("excluded");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ResponseInclusion {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ResponseInclusion of(String value) {
        return new ResponseInclusion(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
