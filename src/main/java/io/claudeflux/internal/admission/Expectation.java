package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.Usage;

/**
 * What attempts of one model are expected to need, by what recent ones did: a limiter that believes {@code max_tokens}
 * leaves most of its limits unused. Not thread-safe.
 */
final class Expectation {
    /** The weight of the newest answer: some thirty of them decide. */
    private static final double WEIGHT = 0.1;

    private static final double FIRST_OUTPUT = 500;
    private static final double LEAST_RATIO = 0.02;
    private static final double MOST_RATIO = 5;

    /** Counted input for estimated: tokenizers differ, and what comes from the prompt cache does not count. */
    private double inputRatio = 1;

    private double output = FIRST_OUTPUT;

    double input(Estimate estimate) {
        return inputRatio * (double) estimate.inputTokens();
    }

    double output(Estimate estimate) {
        return Math.min((double) estimate.maxOutputTokens(), output);
    }

    /** What counts against the limit of input tokens. Source: rate limits, "cache-aware ITPM". */
    static double counted(Usage usage) {
        Long written = usage.cacheCreationInputTokens();
        return (double) usage.inputTokens() + (written == null ? 0 : written);
    }

    /** An answer of this size came of the estimate. */
    void learn(Estimate estimate, Usage usage) {
        output += WEIGHT * ((double) usage.outputTokens() - output);
        if (estimate.inputTokens() > 0) {
            double ratio = counted(usage) / (double) estimate.inputTokens();
            inputRatio += WEIGHT * (Math.max(LEAST_RATIO, Math.min(MOST_RATIO, ratio)) - inputRatio);
        }
    }
}
