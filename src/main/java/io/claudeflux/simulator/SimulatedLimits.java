package io.claudeflux.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * The rate limits of a {@link ClaudeSimulator}: a part of its {@link ClaudeSimulator.Builder Builder}; there is no
 * other kind.
 *
 * <p>Limits are kept for each model class, as the API does it: one model's use says nothing about another's, the dated
 * versions of a model share one quota, and the {@code anthropic-ratelimit-*} headers of an answer tell about the quota
 * of the model that was asked. Requests and input tokens are booked when a request is let in, output tokens as the
 * answer is generated, delta by delta: of an answer that is cancelled or cut, what had been generated.
 */
public abstract sealed class SimulatedLimits permits ClaudeSimulator.Builder {

    private boolean hasHeaders = true;
    private Quota.Limits byDefault = Quota.Limits.NONE;
    private final Map<String, Quota.Limits> byModel = new HashMap<>();
    private int rampFloor;

    SimulatedLimits() {}

    abstract ClaudeSimulator.Builder builder();

    boolean hasHeaders() {
        return hasHeaders;
    }

    Quotas.Plan plan() {
        return new Quotas.Plan(byDefault, Map.copyOf(byModel), rampFloor);
    }

    /**
     * Whether answers carry {@code anthropic-ratelimit-*} headers.
     *
     * @param areOn whether to send them
     * @return this builder
     */
    public ClaudeSimulator.Builder rateLimitHeaders(boolean areOn) {
        hasHeaders = areOn;
        return builder();
    }

    /**
     * Enforces limits per minute, as buckets that refill continuously: beyond them a request gets a 429 with
     * {@code retry-after}. They hold for every model by itself, except for models with limits of their own. Zero leaves
     * a limit out.
     *
     * @param requests requests per minute
     * @param inputTokens input tokens per minute
     * @param outputTokens output tokens per minute
     * @return this builder
     * @throws IllegalArgumentException if a limit is negative
     */
    public ClaudeSimulator.Builder rateLimits(int requests, int inputTokens, int outputTokens) {
        byDefault = new Quota.Limits(requests, inputTokens, outputTokens);
        return builder();
    }

    /**
     * Enforces limits per minute on one model and its dated versions; all three replace those for every model.
     *
     * @param model the model's id, with or without a date
     * @param requests requests per minute
     * @param inputTokens input tokens per minute
     * @param outputTokens output tokens per minute
     * @return this builder
     * @throws IllegalArgumentException if a limit is negative
     */
    public ClaudeSimulator.Builder rateLimits(String model, int requests, int inputTokens, int outputTokens) {
        byModel.put(Quotas.classOf(model), new Quota.Limits(requests, inputTokens, outputTokens));
        return builder();
    }

    /**
     * Limits how fast usage may grow: within one second a model takes at most twice as many requests as in its busiest
     * of the ten seconds before. Beyond that a request gets a 429 whose {@code error_code} is
     * {@code ramp_limit_exceeded}, with {@code retry-after}. Not limited unless this is called.
     *
     * @param always how many requests of one model are let in in any second, however quiet it was before
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public ClaudeSimulator.Builder accelerationLimit(int always) {
        rampFloor = Delivery.atLeastOne("accelerationLimit", always);
        return builder();
    }
}
