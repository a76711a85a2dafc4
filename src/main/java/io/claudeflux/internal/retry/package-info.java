/**
 * Whether a failed call is tried again, and how long it waits before.
 *
 * <p>Plain objects without Reactor, without a clock and without a source of randomness of their own: {@code RetryPlan},
 * one for each model that a call asks, turns each failure into a {@code Decision}; {@code RetryBudget}, one a client,
 * is what all plans pay their retries from; {@code BackoffSequence} draws the waits for which the server gave no hint.
 * Who asks does the waiting.
 */
@NullMarked
package io.claudeflux.internal.retry;

import org.jspecify.annotations.NullMarked;
