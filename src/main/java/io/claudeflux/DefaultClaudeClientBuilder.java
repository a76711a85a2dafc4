package io.claudeflux;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Federation;
import io.claudeflux.config.Limits;
import io.claudeflux.config.Proxy;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Terminal;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.admission.AdmissionRules;
import io.claudeflux.internal.admission.Pacer;
import io.claudeflux.internal.auth.Environment;
import io.claudeflux.internal.auth.Login;
import io.claudeflux.internal.auth.Logins;
import io.claudeflux.internal.http.PoolSettings;
import io.claudeflux.internal.http.TransportHooks;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.RateLimiter;
import java.net.URI;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** The settings as they are collected, and where those come from that nobody set. */
final class DefaultClaudeClientBuilder implements ClaudeClient.Builder {
    private Environment environment = Environment.ofProcess();
    private final Map<String, Supplier<Login>> logins = new LinkedHashMap<>();
    private @Nullable String baseUrl;
    private boolean allowPlaintext;
    private boolean isProxyFromEnvironment;
    private ApiVersion apiVersion = ApiVersion.V2023_06_01;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> betas = new ArrayList<>();
    private Terminal terminal = Terminal.STRICT;
    private Limits limits = Limits.defaults();
    private CallOptions options =
            CallOptions.none().withTimeouts(Timeouts.defaults()).withRetry(RetryPolicy.defaults());
    private int maxConcurrentRequests = 256;
    private int maxQueuedRequests = 1_000;
    private boolean isAdaptive;
    private int minConcurrentRequests = 1;
    private boolean coolDown = true;
    private @Nullable Pacing pacing;
    private @Nullable RateLimiter rateLimiter;
    private TransportHooks transport = TransportHooks.none();
    private UnaryOperator<PoolSettings> pool = UnaryOperator.identity();
    private Scheduler timer = Schedulers.parallel();
    private Clock clock = Clock.systemUTC();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    DefaultClaudeClientBuilder() {}

    @Override
    public ClaudeClient.Builder apiKey(String key) {
        return login("apiKey", Logins.apiKey(Objects.requireNonNull(key, "key")));
    }

    @Override
    public ClaudeClient.Builder apiKey(Supplier<Mono<String>> key) {
        return login("apiKey", Logins.apiKey(Objects.requireNonNull(key, "key")));
    }

    @Override
    public ClaudeClient.Builder authToken(String token) {
        return login("authToken", Logins.authToken(Objects.requireNonNull(token, "token")));
    }

    @Override
    public ClaudeClient.Builder authToken(Supplier<Mono<String>> token) {
        return login("authToken", Logins.authToken(Objects.requireNonNull(token, "token")));
    }

    @Override
    public ClaudeClient.Builder profile(String name) {
        Objects.requireNonNull(name, "name");
        logins.put("profile", () -> Logins.profile(name, environment));
        return this;
    }

    @Override
    public ClaudeClient.Builder federation(Federation federation) {
        return login("federation", Logins.federation(Objects.requireNonNull(federation, "federation")));
    }

    private ClaudeClient.Builder login(String option, Login login) {
        logins.put(option, () -> login);
        return this;
    }

    @Override
    public ClaudeClient.Builder baseUrl(String url) {
        baseUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    @Override
    public ClaudeClient.Builder allowPlaintext(boolean allow) {
        allowPlaintext = allow;
        return this;
    }

    @Override
    public ClaudeClient.Builder apiVersion(ApiVersion version) {
        apiVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    @Override
    public ClaudeClient.Builder header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public ClaudeClient.Builder beta(String... betas) {
        this.betas.addAll(List.of(betas));
        return this;
    }

    @Override
    public ClaudeClient.Builder terminal(Terminal terminal) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
        return this;
    }

    @Override
    public ClaudeClient.Builder limits(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public ClaudeClient.Builder timeouts(Timeouts timeouts) {
        options = options.withTimeouts(Objects.requireNonNull(timeouts, "timeouts"));
        return this;
    }

    @Override
    public ClaudeClient.Builder retry(RetryPolicy policy) {
        options = options.withRetry(Objects.requireNonNull(policy, "policy"));
        return this;
    }

    @Override
    public ClaudeClient.Builder fallbackModels(String... models) {
        options = options.withFallbackModels(models);
        return this;
    }

    @Override
    public ClaudeClient.Builder preflight(boolean isOn) {
        options = options.withPreflight(isOn);
        return this;
    }

    @Override
    public ClaudeClient.Builder listener(CallListener listener) {
        options = options.withListener(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public ClaudeClient.Builder maxConcurrentRequests(int max) {
        maxConcurrentRequests = max;
        return this;
    }

    @Override
    public ClaudeClient.Builder maxQueuedRequests(int max) {
        maxQueuedRequests = max;
        return this;
    }

    @Override
    public ClaudeClient.Builder adaptiveConcurrency(int min) {
        minConcurrentRequests = min;
        isAdaptive = true;
        return this;
    }

    @Override
    public ClaudeClient.Builder eventLoops(LoopResources loops) {
        transport = transport.withLoops(Objects.requireNonNull(loops, "loops"));
        return this;
    }

    @Override
    public ClaudeClient.Builder coolDown(boolean isOn) {
        coolDown = isOn;
        return this;
    }

    @Override
    public ClaudeClient.Builder pacing(Pacing pacing) {
        this.pacing = Objects.requireNonNull(pacing, "pacing");
        return this;
    }

    @Override
    public ClaudeClient.Builder rateLimiter(RateLimiter limiter) {
        rateLimiter = Objects.requireNonNull(limiter, "limiter");
        return this;
    }

    @Override
    public ClaudeClient.Builder proxy(Proxy proxy) {
        transport = transport.withProxy(Objects.requireNonNull(proxy, "proxy"));
        isProxyFromEnvironment = false;
        return this;
    }

    @Override
    public ClaudeClient.Builder proxyFromEnvironment() {
        isProxyFromEnvironment = true;
        return this;
    }

    @Override
    public ClaudeClient.Builder trustStore(KeyStore certificates) {
        transport = transport.withTrust(Objects.requireNonNull(certificates, "certificates"));
        return this;
    }

    @Override
    public ClaudeClient.Builder clientCertificate(KeyManagerFactory keys) {
        transport = transport.withKeys(Objects.requireNonNull(keys, "keys"));
        return this;
    }

    @Override
    public ClaudeClient.Builder httpClient(UnaryOperator<HttpClient> customizer) {
        transport = transport.withCustomizer(Objects.requireNonNull(customizer, "customizer"));
        return this;
    }

    /** Lets a test see connections grow old. */
    DefaultClaudeClientBuilder pool(UnaryOperator<PoolSettings> pool) {
        this.pool = pool;
        return this;
    }

    /** Stands in for the process environment in tests. */
    DefaultClaudeClientBuilder environment(UnaryOperator<@Nullable String> variables) {
        return environment(variables, property -> null);
    }

    /** The same with the system properties, which say where files are. */
    DefaultClaudeClientBuilder environment(
            UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
        environment = new Environment(variables, properties);
        return this;
    }

    /** Stands in for the clocks and the dice in tests. */
    DefaultClaudeClientBuilder time(Scheduler timer, Clock clock, DoubleSupplier random) {
        this.timer = timer;
        this.clock = clock;
        this.random = random;
        return this;
    }

    @Override
    public ClaudeClient build() {
        require("maxConcurrentRequests", maxConcurrentRequests > 0, "must be > 0 but was " + maxConcurrentRequests);
        require("maxQueuedRequests", maxQueuedRequests >= 0, "must be >= 0 but was " + maxQueuedRequests);
        require(
                "adaptiveConcurrency",
                minConcurrentRequests > 0 && minConcurrentRequests <= maxConcurrentRequests,
                "must be from 1 to maxConcurrentRequests, " + maxConcurrentRequests + ", but was "
                        + minConcurrentRequests);
        require(
                "rateLimiter",
                rateLimiter == null || pacing == null,
                "and pacing cannot both be set: one of them paces");
        return new DefaultClaudeClient(this);
    }

    private static void require(String setting, boolean condition, String problem) {
        if (!condition) {
            throw new ConfigurationException(setting, setting + " " + problem, null);
        }
    }

    /** Who asks, and where; reads the environment, and the files that it names. */
    Identity identity() {
        return Identity.of(environment, new Identity.Settings(logins, headers, baseUrl, allowPlaintext));
    }

    List<String> betas() {
        return betas;
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

    CallOptions options() {
        return options;
    }

    Scheduler timer() {
        return timer;
    }

    Clock clock() {
        return clock;
    }

    DoubleSupplier random() {
        return random;
    }

    TransportHooks transport(URI baseUrl) {
        return isProxyFromEnvironment
                ? transport.withProxy(ProxyEnvironment.of(environment::variable, baseUrl))
                : transport;
    }

    boolean isPlaintextAllowed() {
        return allowPlaintext;
    }

    /** One connection for each permit, so that calls that have one never wait for the other; and as many more. */
    PoolSettings pool(int more) {
        return pool.apply(PoolSettings.of(maxConcurrentRequests + more));
    }

    int maxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    /** Null unless the client paces itself. */
    @Nullable Pacer pacer() {
        return pacing == null ? null : new Pacer(pacing, timer);
    }

    AdmissionRules admission(@Nullable Pacer pacer) {
        int min = isAdaptive ? minConcurrentRequests : maxConcurrentRequests;
        RateLimiter limiter = pacer == null ? rateLimiter : pacer;
        return new AdmissionRules(min, maxConcurrentRequests, maxQueuedRequests, coolDown, limiter);
    }
}
