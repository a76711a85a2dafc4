package io.claudeflux.message;

import java.util.Objects;

/**
 * The policy area for which an answer was refused.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code stop_details.category}.
 *
 * @param value the word on the wire
 */
public record RefusalCategory(String value) {
    /** Attacks on computers. */
    public static final RefusalCategory CYBER = new RefusalCategory("cyber");

    /** Biological harm. */
    public static final RefusalCategory BIO = new RefusalCategory("bio");

    /** The making of frontier models. */
    public static final RefusalCategory FRONTIER_LLM = new RefusalCategory("frontier_llm");

    /** The model's own reasoning. */
    public static final RefusalCategory REASONING_EXTRACTION = new RefusalCategory("reasoning_extraction");

    /** Other harm. */
    public static final RefusalCategory GENERAL_HARMS = new RefusalCategory("general_harms");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public RefusalCategory {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static RefusalCategory of(String value) {
        return new RefusalCategory(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
