/**
 * Telemetry by way of Micrometer: observations of calls, from which come metrics and spans, and meters of a client.
 *
 * <p>Without Spring Boot, which does all of this by itself:
 *
 * <pre>{@code
 * ClaudeClient claude = ClaudeClient.builder()
 *         .listener(ClaudeObservations.listener(observations))
 *         .listener(ClaudeMetrics.listener(meters))
 *         .build();
 * new ClaudeMetrics(claude).bindTo(meters);
 * }</pre>
 *
 * <p>Names follow the OpenTelemetry conventions for generative AI where they have one ({@code gen_ai.*}), and begin
 * with {@code claude.flux} where they do not. Nothing here holds a prompt, an answer, a key, or a text that a server
 * wrote but its ids, its name of the model and its reason to stop; the number of values of a tag is bounded, see
 * {@link io.claudeflux.micrometer.ClaudeObservations}.
 */
@NullMarked
package io.claudeflux.micrometer;

import org.jspecify.annotations.NullMarked;
