package io.claudeflux.catalog;

import java.util.Objects;

/**
 * The family a model belongs to.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code line} of a model.
 *
 * @param value the word on the wire
 */
public record ModelLine(String value) {
    /** The fastest. */
    public static final ModelLine HAIKU = new ModelLine("haiku");

    /** In the middle. */
    public static final ModelLine SONNET = new ModelLine("sonnet");

    /** For the hardest work of the three old lines. */
    public static final ModelLine OPUS = new ModelLine("opus");

    /** The line of this name. */
    public static final ModelLine FABLE = new ModelLine("fable");

    /** The line of this name. */
    public static final ModelLine MYTHOS = new ModelLine("mythos");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ModelLine {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ModelLine of(String value) {
        return new ModelLine(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
