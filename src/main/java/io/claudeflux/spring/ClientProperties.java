package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Limits;
import io.claudeflux.config.Proxy;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.Quota;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Says to a builder what the properties say, one by one, so that a value that cannot be right is called by its name.
 */
final class ClientProperties {
    private ClientProperties() {}

    /** Everything but the SSL bundle. */
    static void apply(ClaudeFluxProperties properties, ClaudeClient.Builder client) {
        identity(properties, client);
        with(
                client,
                "api-version",
                text(properties.apiVersion()),
                (b, version) -> b.apiVersion(new ApiVersion(version)));
        properties.headers().forEach((name, value) -> {
            if (!value.isEmpty()) {
                client.header(name, value);
            }
        });
        client.beta(texts(properties.betas()));
        client.fallbackModels(texts(properties.fallbackModels()));
        with(client, "preflight", properties.preflight(), ClaudeClient.Builder::preflight);
        with(client, "terminal", properties.terminal(), ClaudeClient.Builder::terminal);
        with(
                client,
                "max-concurrent-requests",
                properties.maxConcurrentRequests(),
                ClaudeClient.Builder::maxConcurrentRequests);
        with(client, "max-queued-requests", properties.maxQueuedRequests(), ClaudeClient.Builder::maxQueuedRequests);
        with(client, "cool-down", properties.coolDown(), ClaudeClient.Builder::coolDown);
        with(
                client,
                "adaptive-concurrency.min",
                properties.adaptiveConcurrency().min(),
                ClaudeClient.Builder::adaptiveConcurrency);
        client.limits(limits(properties.limits()));
        client.timeouts(timeouts(properties.timeouts()));
        client.retry(retry(properties.retry()));
        pacing(properties.pacing()).ifPresent(client::pacing);
        proxy(properties.proxy(), client);
    }

    private static void identity(ClaudeFluxProperties properties, ClaudeClient.Builder client) {
        with(client, "api-key", text(properties.apiKey()), ClaudeClient.Builder::apiKey);
        with(client, "auth-token", text(properties.authToken()), ClaudeClient.Builder::authToken);
        with(client, "profile", text(properties.profile()), ClaudeClient.Builder::profile);
        with(client, "allow-plaintext", properties.allowPlaintext(), ClaudeClient.Builder::allowPlaintext);
        with(client, "base-url", text(properties.baseUrl()), ClaudeClient.Builder::baseUrl);
    }

    private static Limits limits(ClaudeFluxProperties.Limits set) {
        Limits limits = Limits.defaults();
        limits = with(limits, "limits.max-event-size", bytes(set.maxEventSize()), Limits::withMaxEventBytes);
        limits = with(
                limits, "limits.max-error-body-size", bytes(set.maxErrorBodySize()), Limits::withMaxErrorBodyBytes);
        limits = with(
                limits,
                "limits.max-response-header-size",
                bytes(set.maxResponseHeaderSize()),
                Limits::withMaxResponseHeaderBytes);
        limits = with(limits, "limits.max-request-size", bytes(set.maxRequestSize()), Limits::withMaxRequestBytes);
        return with(limits, "limits.max-partial-chars", set.maxPartialChars(), Limits::withMaxPartialChars);
    }

    private static Timeouts timeouts(ClaudeFluxProperties.Timeouts set) {
        Timeouts timeouts = Timeouts.defaults();
        timeouts = with(timeouts, "timeouts.connect", set.connect(), Timeouts::withConnect);
        timeouts = with(timeouts, "timeouts.queue", set.queue(), Timeouts::withQueue);
        timeouts = with(timeouts, "timeouts.first-byte", set.firstByte(), Timeouts::withFirstByte);
        timeouts = with(timeouts, "timeouts.idle", set.idle(), Timeouts::withIdle);
        timeouts = with(timeouts, "timeouts.progress", set.progress(), Timeouts::withProgress);
        return with(timeouts, "timeouts.total", set.total(), Timeouts::withTotal);
    }

    private static RetryPolicy retry(ClaudeFluxProperties.Retry set) {
        RetryPolicy policy = RetryPolicy.defaults();
        policy = with(policy, "retry.max-retries", set.maxRetries(), RetryPolicy::withMaxRetries);
        policy = with(policy, "retry.ambiguous", set.ambiguous(), RetryPolicy::withRetryAmbiguous);
        policy = with(policy, "retry.transient-backoff", set.transientBackoff(), (p, backoff) -> {
            RetryPolicy.Backoff range = p.transientBackoff();
            return p.withTransientBackoff(or(backoff.base(), range.base()), or(backoff.cap(), range.cap()));
        });
        policy = with(policy, "retry.throttling-backoff", set.throttlingBackoff(), (p, backoff) -> {
            RetryPolicy.Backoff range = p.throttlingBackoff();
            return p.withThrottlingBackoff(or(backoff.base(), range.base()), or(backoff.cap(), range.cap()));
        });
        policy = with(policy, "retry.max-retry-after", set.maxRetryAfter(), RetryPolicy::withMaxRetryAfter);
        policy = with(policy, "retry.max-total-delay", set.maxTotalDelay(), RetryPolicy::withMaxTotalDelay);
        return with(policy, "retry.budget", set.budget(), RetryPolicy::withBudget);
    }

    /** A quota that is set and does nothing would be a trap. */
    private static Optional<Pacing> pacing(ClaudeFluxProperties.Pacing set) {
        Quota quota = set.quota();
        Map<String, Quota> quotas = set.quotas();
        boolean isOn = or(set.enabled(), or(set.learn(), quota != null || !quotas.isEmpty()));
        return isOn
                ? Optional.of(new Pacing(or(set.learn(), quota == null), Optional.ofNullable(quota), quotas))
                : Optional.empty();
    }

    private static void proxy(ClaudeFluxProperties.Proxy set, ClaudeClient.Builder client) {
        String url = text(set.url());
        boolean isFromEnvironment = or(set.fromEnvironment(), false);
        if (url != null && isFromEnvironment) {
            throw refusal("proxy.url", "and claude-flux.proxy.from-environment cannot both be set", null);
        }
        with(client, "proxy.url", url, (b, text) -> b.proxy(Proxy.parse(text)));
        if (isFromEnvironment) {
            client.proxyFromEnvironment();
        }
    }

    /** What becomes of settings by a property; the same if it is not set. */
    private static <S, T> S with(S settings, String property, @Nullable T value, BiFunction<S, T, S> change) {
        if (value == null) {
            return settings;
        }
        try {
            return change.apply(settings, value);
        } catch (IllegalArgumentException | ConfigurationException unfit) {
            throw refusal(property, ": " + unfit.getMessage(), unfit);
        }
    }

    /** A property that cannot be right. */
    static ConfigurationException refusal(String property, String problem, @Nullable Throwable cause) {
        String name = SettingNames.PREFIX + property;
        return new ConfigurationException(name, name + (problem.startsWith(":") ? "" : " ") + problem, cause);
    }

    /** As many as there are, or too many for any limit. */
    private static @Nullable Integer bytes(@Nullable DataSize size) {
        return size == null ? null : (int) Math.max(-1, Math.min(size.toBytes(), Integer.MAX_VALUE));
    }

    /** As it comes from a placeholder whose variable is not set. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static String[] texts(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).toArray(String[]::new);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
