package io.claudeflux;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Limits;
import io.claudeflux.config.Terminal;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.http.BaseUrl;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Collects the settings of a client. Mutable, for use by one thread.
 *
 * <p>What is not set comes from the environment where a variable is named, else it is the default.
 */
public final class ClaudeClientBuilder {
    private static final String DEFAULT_BASE_URL = "https://api.anthropic.com";

    private UnaryOperator<@Nullable String> environment = System::getenv;
    private @Nullable Credential credential;
    private @Nullable String baseUrl;
    private boolean allowPlaintext;
    private ApiVersion apiVersion = ApiVersion.V2023_06_01;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> betas = new ArrayList<>();
    private Terminal terminal = Terminal.STRICT;
    private Limits limits = Limits.defaults();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private int maxConcurrentRequests = 256;
    private int maxQueuedRequests = 1_000;

    ClaudeClientBuilder() {}

    /**
     * Sets the API key, sent as {@code x-api-key}. Else {@code ANTHROPIC_API_KEY}.
     *
     * @param key 1 to 512 visible ASCII characters
     * @return this builder
     * @throws ConfigurationException if it cannot be a key; the message names the index, never the key
     */
    public ClaudeClientBuilder apiKey(String key) {
        credential = Credential.apiKey(Objects.requireNonNull(key, "key"));
        return this;
    }

    /**
     * Sets where the API key comes from, for keys that change.
     *
     * @param key called once for each attempt; must not block; a failure, an empty result or a wait over 10 s ends the call in a {@link ConfigurationException}
     * @return this builder
     */
    public ClaudeClientBuilder apiKey(Supplier<Mono<String>> key) {
        credential = Credential.apiKey(Objects.requireNonNull(key, "key"));
        return this;
    }

    /**
     * Sets an auth token, sent as {@code Authorization: Bearer}. Else {@code ANTHROPIC_AUTH_TOKEN}, where there is no API key.
     *
     * @param token 1 to 512 visible ASCII characters
     * @return this builder
     * @throws ConfigurationException if it cannot be a token; the message names the index, never the token
     */
    public ClaudeClientBuilder authToken(String token) {
        credential = Credential.authToken(Objects.requireNonNull(token, "token"));
        return this;
    }

    /**
     * Sets where the API is. Else {@code ANTHROPIC_BASE_URL}, else {@code https://api.anthropic.com}.
     *
     * @param url may carry a path that goes ahead of {@code /v1/messages}, as gateways have; {@code http} only to this machine unless {@link #allowPlaintext} says otherwise
     * @return this builder
     */
    public ClaudeClientBuilder baseUrl(String url) {
        baseUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    /**
     * Allows {@code http} to other machines. The key and everything said then travel readable for all in between.
     *
     * @param allow false by default
     * @return this builder
     */
    public ClaudeClientBuilder allowPlaintext(boolean allow) {
        allowPlaintext = allow;
        return this;
    }

    /**
     * Sets the version of the API.
     *
     * @param version {@link ApiVersion#V2023_06_01} by default
     * @return this builder
     */
    public ClaudeClientBuilder apiVersion(ApiVersion version) {
        apiVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * Adds a header to every request.
     *
     * @param name an RFC 9110 token
     * @param value visible ASCII
     * @return this builder
     */
    public ClaudeClientBuilder header(String name, String value) {
        headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Turns on beta features for every request.
     *
     * @param betas values for {@code anthropic-beta}
     * @return this builder
     */
    public ClaudeClientBuilder beta(String... betas) {
        this.betas.addAll(List.of(betas));
        return this;
    }

    /**
     * Sets what counts as the end of a stream.
     *
     * @param terminal {@link Terminal#STRICT} by default
     * @return this builder
     */
    public ClaudeClientBuilder terminal(Terminal terminal) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
        return this;
    }

    /**
     * Sets the most the client takes and sends.
     *
     * @param limits {@link Limits#defaults()} by default
     * @return this builder
     */
    public ClaudeClientBuilder limits(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Sets the longest wait for a TCP connection, and again for its TLS handshake.
     *
     * @param timeout 10 s by default
     * @return this builder
     */
    public ClaudeClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * Sets how many requests may be under way at once; each holds a connection.
     *
     * @param max 256 by default
     * @return this builder
     */
    public ClaudeClientBuilder maxConcurrentRequests(int max) {
        maxConcurrentRequests = max;
        return this;
    }

    /**
     * Sets how many requests may wait for their turn, each for up to 30 s; one more fails at once.
     *
     * @param max 1,000 by default; 0 for none
     * @return this builder
     */
    public ClaudeClientBuilder maxQueuedRequests(int max) {
        maxQueuedRequests = max;
        return this;
    }

    /** Stands in for the process environment in tests. */
    ClaudeClientBuilder environment(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        return this;
    }

    /**
     * The client.
     *
     * @return a new client; nothing is opened or sent yet
     * @throws ConfigurationException if there is no key, or a value cannot be right; the message says which
     */
    public ClaudeClient build() {
        require("connectTimeout", connectTimeout.toMillis() > 0, "must be at least 1 ms but was " + connectTimeout);
        require("maxConcurrentRequests", maxConcurrentRequests > 0, "must be > 0 but was " + maxConcurrentRequests);
        require("maxQueuedRequests", maxQueuedRequests >= 0, "must be >= 0 but was " + maxQueuedRequests);
        return new DefaultClaudeClient(this);
    }

    private static void require(String setting, boolean condition, String problem) {
        if (!condition) {
            throw new ConfigurationException(setting, setting + " " + problem, null);
        }
    }

    Credential credential() {
        if (credential != null) {
            return credential;
        }
        String key = variable("ANTHROPIC_API_KEY");
        String token = variable("ANTHROPIC_AUTH_TOKEN");
        if (key == null && token == null) {
            throw new ConfigurationException(
                    "apiKey",
                    "no API key: neither apiKey(...) nor authToken(...) was called, and neither ANTHROPIC_API_KEY nor ANTHROPIC_AUTH_TOKEN is set",
                    null);
        }
        return key != null ? Credential.apiKey(key) : Credential.authToken(Objects.requireNonNull(token));
    }

    URI baseUrl() {
        String url = baseUrl != null ? baseUrl : variable("ANTHROPIC_BASE_URL");
        return BaseUrl.parse(url == null ? DEFAULT_BASE_URL : url, allowPlaintext);
    }

    private @Nullable String variable(String name) {
        String value = environment.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    MessageCalls.Headers headers() {
        return new MessageCalls.Headers(headers, betas);
    }

    ApiVersion apiVersion() {
        return apiVersion;
    }

    Terminal terminal() {
        return terminal;
    }

    Limits limits() {
        return limits;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    int maxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    int maxQueuedRequests() {
        return maxQueuedRequests;
    }
}
