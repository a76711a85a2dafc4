package io.claudeflux.config;

import java.util.Objects;

/**
 * The version of the API that requests are written for, sent as {@code anthropic-version}.
 *
 * @param value the date on the wire
 */
public record ApiVersion(String value) {
    /** Accepted by every backend; the default. */
    public static final ApiVersion V2023_06_01 = new ApiVersion("2023-06-01");

    /** Without {@code temperature}, {@code top_p} and {@code top_k}. */
    public static final ApiVersion V2026_10_21 = new ApiVersion("2026-10-21");

    /**
     * Takes any version.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public ApiVersion {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
