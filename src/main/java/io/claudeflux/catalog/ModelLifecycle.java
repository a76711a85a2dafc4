package io.claudeflux.catalog;

import java.util.Objects;

/**
 * Where a model stands between its release and its end.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code lifecycle} of a model.
 *
 * @param value the word on the wire
 */
public record ModelLifecycle(String value) {
    /** Served, with no end announced. */
    public static final ModelLifecycle ACTIVE = new ModelLifecycle("active");

    /** Served until it retires, which {@link ModelInfo#retiresAt()} dates. */
    public static final ModelLifecycle DEPRECATED = new ModelLifecycle("deprecated");

    /** Served no more. */
    public static final ModelLifecycle RETIRED = new ModelLifecycle("retired");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ModelLifecycle {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ModelLifecycle of(String value) {
        return new ModelLifecycle(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
