package io.claudeflux.internal.http;

import io.claudeflux.config.Limits;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.ResponseMetadata;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;
import reactor.core.scheduler.Scheduler;

/**
 * What an {@link HttpExchange} needs to know.
 *
 * @param baseUrl where the API is, with any path prefix and without a slash at its end
 * @param limits the most it takes and sends
 * @param connectTimeout the longest wait for a connection, and again for its TLS handshake
 * @param maxConnections the most connections
 * @param maxWaiting the most calls that wait for one
 * @param maxWait the longest of these waits
 * @param errors reads the head and body of an error response
 * @param timer times the reading of error bodies
 */
public record HttpSettings(
        URI baseUrl,
        Limits limits,
        Duration connectTimeout,
        int maxConnections,
        int maxWaiting,
        Duration maxWait,
        BiFunction<ResponseMetadata, String, ? extends ClaudeException> errors,
        Scheduler timer) {}
