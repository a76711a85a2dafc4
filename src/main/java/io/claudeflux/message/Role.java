package io.claudeflux.message;

import java.util.Objects;

/**
 * Who speaks in a turn of the conversation.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code messages[].role}.
 *
 * @param value the word on the wire
 */
public record Role(String value) {
    /** What the application says, tool results included. */
    public static final Role USER = new Role("user");

    /** What Claude said. */
    public static final Role ASSISTANT = new Role("assistant");

    /** Instructions within the conversation. */
    public static final Role SYSTEM = new Role("system");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Role {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static Role of(String value) {
        return new Role(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
