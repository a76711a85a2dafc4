package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * What the application tells the server about a request.
 *
 * @param userId an opaque id of the person behind it; no name, mail address or number
 */
public record Metadata(@Nullable String userId) {}
