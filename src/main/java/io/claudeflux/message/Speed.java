package io.claudeflux.message;

import java.util.Objects;

/**
 * How fast the model is asked to run, or ran.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code speed}, {@code usage.speed}.
 *
 * @param value the word on the wire
 */
public record Speed(String value) {
    /** The usual speed. */
    public static final Speed STANDARD = new Speed("standard");

    /** Fast mode, with rate limits of its own. */
    public static final Speed FAST = new Speed("fast");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Speed {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static Speed of(String value) {
        return new Speed(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
