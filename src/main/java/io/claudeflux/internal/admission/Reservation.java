package io.claudeflux.internal.admission;

import io.claudeflux.limit.RateLimiter.Estimate;

/**
 * What was taken of the limits for one attempt.
 *
 * @param estimate what it was judged by
 * @param input tokens of input
 * @param output tokens of output
 */
record Reservation(Estimate estimate, double input, double output) {}
