package io.claudeflux.spring;

import io.claudeflux.config.Terminal;
import io.claudeflux.limit.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code claude-flux.*}. What is not set is left to the client, which looks at the environment and has
 * defaults; an empty text counts as not set. The table of all is in the documentation of this package.
 *
 * @param apiKey The API key, sent as x-api-key. Else ANTHROPIC_API_KEY.
 * @param authToken An auth token, sent as Authorization: Bearer. Else ANTHROPIC_AUTH_TOKEN, where there is no API key.
 * @param profile The profile to log in with. Else ANTHROPIC_PROFILE.
 * @param baseUrl Where the API is, with a path if a gateway has one. Else ANTHROPIC_BASE_URL, else
 *     https://api.anthropic.com.
 * @param allowPlaintext Whether http to other machines is allowed, which everybody in between can read; false by
 *     default.
 * @param apiVersion The version of the API, sent as anthropic-version; 2023-06-01 by default.
 * @param headers Headers of every request, by name.
 * @param betas Beta features that are on for every request, sent as anthropic-beta.
 * @param fallbackModels Models to ask, in this order, when the request's own cannot be had; none by default.
 * @param preflight Whether a request is looked at before it is sent; true by default.
 * @param terminal What counts as the end of a stream: strict (the default) or lenient, for gateways that drop
 *     message_stop.
 * @param maxConcurrentRequests How many requests may be under way at once; 256 by default.
 * @param maxQueuedRequests How many requests may wait for their turn; 1000 by default, 0 for none.
 * @param coolDown Whether a 429 that says how long to wait keeps back every request of its model; true by default.
 * @param adaptiveConcurrency How the number of requests follows what the API can take.
 * @param limits The most the client takes and sends.
 * @param timeouts How long each part of a call may take.
 * @param retry What is tried again, and when.
 * @param pacing How the client keeps within rate limits.
 * @param proxy What connections go through.
 * @param ssl Whom to trust, and what to show.
 * @param shutdown How the client ends with the application.
 * @param tenants On whose behalf the calls of a web request are made.
 */
@ConfigurationProperties("claude-flux")
public record ClaudeFluxProperties(
        @Nullable String apiKey,
        @Nullable String authToken,
        @Nullable String profile,
        @Nullable String baseUrl,
        @Nullable Boolean allowPlaintext,
        @Nullable String apiVersion,
        @DefaultValue Map<String, String> headers,
        @DefaultValue List<String> betas,
        @DefaultValue List<String> fallbackModels,
        @Nullable Boolean preflight,
        @Nullable Terminal terminal,
        @Nullable Integer maxConcurrentRequests,
        @Nullable Integer maxQueuedRequests,
        @Nullable Boolean coolDown,
        @DefaultValue AdaptiveConcurrency adaptiveConcurrency,
        @DefaultValue Limits limits,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Retry retry,
        @DefaultValue Pacing pacing,
        @DefaultValue Proxy proxy,
        @DefaultValue Ssl ssl,
        @DefaultValue Shutdown shutdown,
        @DefaultValue Tenants tenants) {

    /** Without values: some are secrets, and secrets are pasted into others. */
    @Override
    public String toString() {
        return "ClaudeFluxProperties[maxConcurrentRequests=" + maxConcurrentRequests + ", " + timeouts + ", " + retry
                + "]";
    }

    /**
     * How the number of requests follows what the API can take.
     *
     * @param min The number of requests under way never falls below this; set it to switch the adaptation on. Off by
     *     default.
     */
    public record AdaptiveConcurrency(@Nullable Integer min) {}

    /**
     * The most the client takes and sends.
     *
     * @param maxEventSize One event of a stream, and one line of it; 16MB by default.
     * @param maxErrorBodySize The body of an error response, of which no more is read; 256KB by default.
     * @param maxResponseHeaderSize The head of a response; 32KB by default.
     * @param maxRequestSize A request's body; 32000000B by default, the API's own limit.
     * @param maxPartialChars The characters of content kept for the partial message of an error; 1048576 by default, 0
     *     keeps none.
     */
    public record Limits(
            @Nullable DataSize maxEventSize,
            @Nullable DataSize maxErrorBodySize,
            @Nullable DataSize maxResponseHeaderSize,
            @Nullable DataSize maxRequestSize,
            @Nullable Integer maxPartialChars) {}

    /**
     * How long each part of a call may take: 1 ms to 7 days, 0 for as long as it likes.
     *
     * @param connect From asking for a connection until it stands, TLS included; 10s by default.
     * @param queue Waiting for a turn, all attempts of a call together; 30s by default.
     * @param firstByte From the written request to the head of the response; 180s by default, and 1s more for each 32KB
     *     of the request.
     * @param idle Between two bytes of the body, pings included; 120s by default.
     * @param progress Between two events that are no pings; 300s by default.
     * @param total The whole call; off by default, recommended for servers.
     */
    public record Timeouts(
            @Nullable Duration connect,
            @Nullable Duration queue,
            @Nullable Duration firstByte,
            @Nullable Duration idle,
            @Nullable Duration progress,
            @Nullable Duration total) {}

    /**
     * What is tried again, and when, while nothing was handed down.
     *
     * @param maxRetries How often one call is sent again at most, 0 to 100; 2 by default.
     * @param ambiguous Whether a request is sent again that was written and not answered, although the server may have
     *     done the work; true by default.
     * @param transientBackoff The waits after everything but throttling.
     * @param throttlingBackoff The waits after 429, 503 and 529.
     * @param maxRetryAfter The longest wait a server may ask for; if it asks for more, the call fails at once. 120s by
     *     default.
     * @param maxTotalDelay The longest that all waits of one call may take together; 240s by default.
     * @param budget The tokens that retries are paid from, 14 each, or 5 after throttling; 500 by default.
     */
    public record Retry(
            @Nullable Integer maxRetries,
            @Nullable Boolean ambiguous,
            @DefaultValue Backoff transientBackoff,
            @DefaultValue Backoff throttlingBackoff,
            @Nullable Duration maxRetryAfter,
            @Nullable Duration maxTotalDelay,
            @Nullable Integer budget) {}

    /**
     * The range of computed waits.
     *
     * @param base The shortest wait; 100ms by default, 1s after throttling.
     * @param cap The longest wait; 8s by default, 20s after throttling.
     */
    public record Backoff(@Nullable Duration base, @Nullable Duration cap) {}

    /**
     * How the client keeps within rate limits, so that requests wait here instead of being sent away there.
     *
     * @param enabled Whether the client paces itself; off by default, unless a quota is set.
     * @param learn Whether limits are learnt from the headers of answers; true by default, unless a quota for every
     *     model is set.
     * @param quota What every model may be asked for in a minute, that has no quota of its own.
     * @param quotas What single models may be asked for in a minute, by the model's id.
     */
    public record Pacing(
            @Nullable Boolean enabled,
            @Nullable Boolean learn,
            @Nullable @NestedConfigurationProperty Quota quota,
            @DefaultValue Map<String, Quota> quotas) {}

    /**
     * What connections go through.
     *
     * @param url An HTTP or SOCKS 5 proxy, such as http://user:password@proxy.example:3128; none by default.
     * @param fromEnvironment Whether the proxy is the one that HTTPS_PROXY or ALL_PROXY names, unless NO_PROXY names
     *     the API's host; false by default.
     */
    public record Proxy(@Nullable String url, @Nullable Boolean fromEnvironment) {
        /** Without the URL, which may hold a password. */
        @Override
        public String toString() {
            return "Proxy[fromEnvironment=" + fromEnvironment + "]";
        }
    }

    /**
     * Whom to trust, and what to show.
     *
     * @param bundle The SSL bundle whose trust store says whom to trust in place of the JVM's, and whose key store
     *     holds the certificate to show; none by default.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * How the client ends with the application.
     *
     * @param grace How long calls under way may go on when the application stops; 0 ends them at once.
     */
    public record Shutdown(@DefaultValue("20s") Duration grace) {
        /** An empty text comes as null. */
        public Shutdown {
            grace = Objects.requireNonNullElse(grace, Duration.ofSeconds(20));
            if (grace.isNegative()) {
                throw new IllegalArgumentException("grace must be >= 0 but was " + grace);
            }
        }
    }

    /**
     * On whose behalf the calls of a web request are made: tenants take turns when they wait.
     *
     * @param source Where the tenant of a request to a reactive web application comes from.
     * @param header The header that names the tenant, if that is the source.
     */
    public record Tenants(
            @DefaultValue("none") Source source,
            @DefaultValue("X-Tenant-Id") String header) {
        /** An empty text comes as null, or as it is. */
        public Tenants {
            source = Objects.requireNonNullElse(source, Source.NONE);
            header = header.isEmpty() ? "X-Tenant-Id" : header;
        }

        /** Where a tenant comes from. */
        public enum Source {
            /** From nowhere. */
            NONE,
            /**
             * From a header of the request, which anybody can write: for applications behind a gateway that sets it.
             */
            HEADER,
            /** The name of who is logged in. */
            PRINCIPAL
        }
    }
}
