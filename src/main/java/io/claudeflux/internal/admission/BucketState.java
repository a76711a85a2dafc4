package io.claudeflux.internal.admission;

/**
 * What is left of one limit.
 *
 * @param family requests, input-tokens or output-tokens
 * @param perMinute the limit; 0 if none is known
 * @param available how much may be used now; below 0 if too much was
 */
public record BucketState(String family, long perMinute, long available) {}
