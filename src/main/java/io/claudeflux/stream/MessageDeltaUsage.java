package io.claudeflux.stream;

import io.claudeflux.message.Json;
import io.claudeflux.message.Usage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usage a {@link MessageDelta} reports: totals of the message so far. What the server left out or sent as
 * {@code null} is null here and leaves the earlier value standing.
 *
 * @param outputTokens everything generated
 * @param inputTokens uncached input; grows when server tools feed results back
 * @param cacheCreationInputTokens input written to the prompt cache
 * @param cacheReadInputTokens input read from the prompt cache
 * @param outputTokensDetails how the output is made up
 * @param serverToolUse how often server tools ran
 * @param extra the fields this version does not know, such as {@code iterations}, as one JSON object
 */
public record MessageDeltaUsage(
        @Nullable Long outputTokens,
        @Nullable Long inputTokens,
        @Nullable Long cacheCreationInputTokens,
        @Nullable Long cacheReadInputTokens,
        Usage.@Nullable OutputTokensDetails outputTokensDetails,
        Usage.@Nullable ServerToolUse serverToolUse,
        Json extra) {
    /**
     * Takes the counters as they are.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public MessageDeltaUsage {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Reports the output alone.
     *
     * @param tokens everything generated
     * @return the usage
     */
    public static MessageDeltaUsage outputTokens(long tokens) {
        return new MessageDeltaUsage(tokens, null, null, null, null, null, Json.emptyObject());
    }
}
