package io.claudeflux.limit;

/**
 * What one model may be asked for in a minute, refilled continuously.
 *
 * @param requests requests; 0 for no limit
 * @param inputTokens input tokens, those read from the prompt cache apart; 0 for no limit
 * @param outputTokens output tokens; 0 for no limit
 */
public record Quota(long requests, long inputTokens, long outputTokens) {
    /**
     * Takes limits that make sense.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Quota {
        notNegative("requests", requests);
        notNegative("inputTokens", inputTokens);
        notNegative("outputTokens", outputTokens);
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0 but was " + value);
        }
    }
}
