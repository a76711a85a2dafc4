package io.claudeflux.internal.http;

import io.claudeflux.config.Limits;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.ResponseMetadata;
import java.net.URI;
import java.util.function.BiFunction;
import reactor.core.scheduler.Scheduler;

/**
 * What an {@link HttpExchange} needs to know.
 *
 * @param baseUrl where the API is, with any path prefix and without a slash at its end
 * @param allowPlaintext whether what is sent may be readable on its way to another machine
 * @param limits the most it takes and sends
 * @param pool how many connections there are, and how long they are kept
 * @param hooks what the user of the library does to the HTTP client
 * @param errors reads the head and body of an error response
 * @param timer runs the clocks
 */
public record HttpSettings(
        URI baseUrl,
        boolean allowPlaintext,
        Limits limits,
        PoolSettings pool,
        TransportHooks hooks,
        BiFunction<ResponseMetadata, String, ? extends ClaudeException> errors,
        Scheduler timer) {}
