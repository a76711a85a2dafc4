package io.claudeflux.internal.auth;

import io.claudeflux.message.Json;
import java.time.Clock;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The way to fresh tokens.
 *
 * @param send sends a request and answers with the JSON of a success, or fails with a {@code ClaudeException}, within a
 *     limit of time
 * @param clock tells when tokens expire
 * @param timer limits how long the application may take for what it supplies
 */
public record TokenEndpoint(Function<TokenRequest, Mono<Json>> send, Clock clock, Scheduler timer) {}
