package io.claudeflux.catalog;

import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and calls, added up. The four counters of input do not overlap; thinking is a part of the output.
 *
 * @param answers how many answers are in it, whole or not; one that was broken off and asked for again counts each time
 * @param estimated how many of these broke, or were cancelled, ahead of the server's last count, so that their output
 *     is an estimate
 * @param untold how many attempts may have been paid for beside these, of which the server told nothing: cancelled or
 *     broken between the sending and the first event. An upper bound; no tokens are counted for them
 * @param inputTokens input that was neither read from nor written to the prompt cache
 * @param cacheWrite5mTokens input written to the cache for five minutes, or for a time the server did not say
 * @param cacheWrite1hTokens input written to the cache for an hour
 * @param cacheReadTokens input read from the cache
 * @param outputTokens everything generated, thinking included
 * @param thinkingTokens the part of the output that is thinking, as far as the server said
 * @param estimatedOutputTokens the part of the output that belongs to estimated answers
 * @param webSearches searches of the server's tool
 * @param webFetches pages fetched by the server's tool
 */
public record Counters(
        long answers,
        long estimated,
        long untold,
        long inputTokens,
        long cacheWrite5mTokens,
        long cacheWrite1hTokens,
        long cacheReadTokens,
        long outputTokens,
        long thinkingTokens,
        long estimatedOutputTokens,
        long webSearches,
        long webFetches) {
    /** Nothing. */
    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static final Counters UNTOLD = new Counters(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Counters of(UsageReport report) {
        Usage usage = report.usage();
        Usage.CacheCreation byLife = usage.cacheCreation();
        long anHour = byLife == null ? 0 : byLife.ephemeral1hInputTokens();
        long fiveMinutes = byLife == null ? 0 : byLife.ephemeral5mInputTokens();
        // A stream may bring the sum later than its parts.
        long rest = Math.max(0, orZero(usage.cacheCreationInputTokens()) - anHour - fiveMinutes);
        Usage.OutputTokensDetails details = usage.outputTokensDetails();
        Usage.ServerToolUse tools = usage.serverToolUse();
        return new Counters(
                1,
                report.isExact() ? 0 : 1,
                0,
                usage.inputTokens(),
                fiveMinutes + rest,
                anHour,
                orZero(usage.cacheReadInputTokens()),
                usage.outputTokens(),
                details == null ? 0 : details.thinkingTokens(),
                report.isExact() ? 0 : usage.outputTokens(),
                tools == null ? 0 : tools.webSearchRequests(),
                tools == null ? 0 : tools.webFetchRequests());
    }

    /** The same tokens as no answer of their own. */
    Counters asPart() {
        return new Counters(
                0,
                0,
                0,
                inputTokens,
                cacheWrite5mTokens,
                cacheWrite1hTokens,
                cacheReadTokens,
                outputTokens,
                thinkingTokens,
                0,
                webSearches,
                webFetches);
    }

    /**
     * These and others.
     *
     * @param others what else there is
     * @return the sums
     */
    public Counters plus(Counters others) {
        return new Counters(
                answers + others.answers,
                estimated + others.estimated,
                untold + others.untold,
                inputTokens + others.inputTokens,
                cacheWrite5mTokens + others.cacheWrite5mTokens,
                cacheWrite1hTokens + others.cacheWrite1hTokens,
                cacheReadTokens + others.cacheReadTokens,
                outputTokens + others.outputTokens,
                thinkingTokens + others.thinkingTokens,
                estimatedOutputTokens + others.estimatedOutputTokens,
                webSearches + others.webSearches,
                webFetches + others.webFetches);
    }

    /**
     * All input: uncached, written to the cache, and read from it.
     *
     * @return the sum in tokens
     */
    public long totalInputTokens() {
        return inputTokens + cacheWrite5mTokens + cacheWrite1hTokens + cacheReadTokens;
    }

    /**
     * Whether the server counted all of it.
     *
     * @return false if an answer is estimated, or nothing was told of an attempt
     */
    public boolean isExact() {
        return estimated == 0 && untold == 0;
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
