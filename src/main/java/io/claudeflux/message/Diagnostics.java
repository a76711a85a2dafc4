package io.claudeflux.message;

import org.jspecify.annotations.Nullable;

/**
 * Asks the server why the prompt cache was missed.
 *
 * @param previousMessageId the message whose cache entry should have been hit; null on the first turn, which opts in
 */
public record Diagnostics(@Nullable String previousMessageId) {}
