package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens a message consumed.
 *
 * <p>Counters the server left out or sent as {@code null} are null here, so that "none" and "not said" stay apart.
 *
 * @param inputTokens input that was neither read from nor written to the prompt cache
 * @param outputTokens everything generated, thinking included; provisional until the message ends
 * @param cacheCreationInputTokens input written to the prompt cache
 * @param cacheReadInputTokens input read from the prompt cache
 * @param cacheCreation the written tokens by life of the cache entry
 * @param outputTokensDetails how the output is made up
 * @param serverToolUse how often server tools ran
 * @param serviceTier the capacity that served the request
 * @param speed the speed it ran at
 * @param inferenceGeo where it ran
 * @param extra the fields this version does not know, as one JSON object
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        @Nullable Long cacheCreationInputTokens,
        @Nullable Long cacheReadInputTokens,
        @Nullable CacheCreation cacheCreation,
        @Nullable OutputTokensDetails outputTokensDetails,
        @Nullable ServerToolUse serverToolUse,
        @Nullable ServiceTier serviceTier,
        @Nullable Speed speed,
        @Nullable String inferenceGeo,
        Json extra) {
    /**
     * Takes the counters as they are.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public Usage {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Usage without cache, tools and details.
     *
     * @param inputTokens tokens read
     * @param outputTokens tokens generated
     * @return the usage
     */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, null, null, null, null, null, null, null, null, Json.emptyObject());
    }

    /**
     * The same usage with another output.
     *
     * @param outputTokens everything generated, thinking included
     * @return a copy
     */
    public Usage withOutputTokens(long outputTokens) {
        return new Usage(
                inputTokens,
                outputTokens,
                cacheCreationInputTokens,
                cacheReadInputTokens,
                cacheCreation,
                outputTokensDetails,
                serverToolUse,
                serviceTier,
                speed,
                inferenceGeo,
                extra);
    }

    /**
     * All input of the request: uncached, written to the cache, and read from it.
     *
     * @return the sum in tokens
     */
    public long totalInputTokens() {
        return inputTokens + orZero(cacheCreationInputTokens) + orZero(cacheReadInputTokens);
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    /**
     * Tokens written to the prompt cache, by the life of the entry.
     *
     * @param ephemeral5mInputTokens written for five minutes
     * @param ephemeral1hInputTokens written for an hour
     * @param extra the fields this version does not know, as one JSON object
     */
    public record CacheCreation(long ephemeral5mInputTokens, long ephemeral1hInputTokens, Json extra) {}

    /**
     * How the output is made up.
     *
     * @param thinkingTokens the part that is thinking
     * @param extra the fields this version does not know, as one JSON object
     */
    public record OutputTokensDetails(long thinkingTokens, Json extra) {}

    /**
     * How often server tools ran.
     *
     * @param webSearchRequests web searches
     * @param webFetchRequests pages fetched
     * @param extra the fields this version does not know, as one JSON object
     */
    public record ServerToolUse(long webSearchRequests, long webFetchRequests, Json extra) {}
}
