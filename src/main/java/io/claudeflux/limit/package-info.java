/**
 * Rate limits: how fast requests may follow each other.
 *
 * <p>{@link io.claudeflux.limit.Pacing} configures the limiter of a single client, which learns from the headers of the
 * API's answers or is told {@link io.claudeflux.limit.Quota}s; {@link io.claudeflux.limit.RateLimiter} is the door for
 * one of your own, such as one that several instances share.
 */
@NullMarked
package io.claudeflux.limit;

import org.jspecify.annotations.NullMarked;
