package io.claudeflux.message;

import java.util.Objects;

/**
 * The capacity a request asks for, or the one that served it.
 *
 * <p>An open set: the server may add values, and any string is accepted. Source: {@code service_tier},
 * {@code usage.service_tier}.
 *
 * @param value the word on the wire
 */
public record ServiceTier(String value) {
    /** Priority capacity where there is some (request). */
    public static final ServiceTier AUTO = new ServiceTier("auto");

    /** Never priority capacity (request). */
    public static final ServiceTier STANDARD_ONLY = new ServiceTier("standard_only");

    /** Served by standard capacity (response). */
    public static final ServiceTier STANDARD = new ServiceTier("standard");

    /** Served by priority capacity (response). */
    public static final ServiceTier PRIORITY = new ServiceTier("priority");

    /** Served as part of a batch (response). */
    public static final ServiceTier BATCH = new ServiceTier("batch");

    /**
     * Takes any word.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ServiceTier {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The same as the constructor, for reading well at call sites.
     *
     * @param value the word on the wire
     * @return the value
     */
    public static ServiceTier of(String value) {
        return new ServiceTier(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
