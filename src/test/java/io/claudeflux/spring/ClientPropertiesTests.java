package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Limits;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Canary;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What each property says to the builder. */
class ClientPropertiesTests {
    /** What is said to the builder when no property is set: nothing that is not its own default. */
    private static final List<String> NOTHING = List.of(
            "beta[]",
            "fallbackModels[]",
            "limits" + Limits.defaults(),
            "timeouts" + Timeouts.defaults(),
            "retry" + RetryPolicy.defaults());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api-key=k                                     | apiKey[k]
            auth-token=t                                  | authToken[t]
            profile=p                                     | profile[p]
            base-url=https://gateway.example/claude       | baseUrl[https://gateway.example/claude]
            allow-plaintext=true                          | allowPlaintext[true]
            api-version=2026-10-21                        | apiVersion[2026-10-21]
            headers.x-team=blue                           | header[x-team, blue]
            betas=one,two                                 | beta[one, two]
            fallback-models=a,b                           | fallbackModels[a, b]
            preflight=false                               | preflight[false]
            terminal=lenient                              | terminal[LENIENT]
            max-concurrent-requests=7                     | maxConcurrentRequests[7]
            max-queued-requests=0                         | maxQueuedRequests[0]
            cool-down=off                                 | coolDown[false]
            adaptive-concurrency.min=3                    | adaptiveConcurrency[3]
            proxy.url=http://u:p@proxy.example:3128       | proxy[Proxy[HTTP proxy.example:3128, with credentials]]
            proxy.from-environment=true                   | proxyFromEnvironment
            pacing.enabled=true                           | pacing[Pacing[isLearning=true, quota=Optional.empty, quotas={}]]
            pacing.quota.requests=50                      | pacing[Pacing[isLearning=false, quota=Optional[Quota[requests=50, inputTokens=0, outputTokens=0]], quotas={}]]
            pacing.quotas[m-1.5].output-tokens=9          | pacing[Pacing[isLearning=true, quota=Optional.empty, quotas={m-1.5=Quota[requests=0, inputTokens=0, outputTokens=9]}]]
            """)
    void eachIsSaid(String property, String said) {
        assertThat(said(property)).contains(said);
        assertThat(said(property))
                .containsAll(NOTHING.stream()
                        .filter(one -> !said.startsWith(one.substring(0, one.indexOf('['))))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeouts.connect=1s               | connect=PT1S
            timeouts.queue=0                  | queue=PT0S
            timeouts.first-byte=2s            | firstByte=PT2S
            timeouts.idle=3s                  | idle=PT3S
            timeouts.progress=4s              | progress=PT4S
            timeouts.total=5m                 | total=PT5M
            retry.max-retries=0               | maxRetries=0
            retry.ambiguous=false             | retryAmbiguous=false
            retry.transient-backoff.base=1ms  | transientBackoff=Backoff[base=PT0.001S, cap=PT8S]
            retry.throttling-backoff.cap=1m   | throttlingBackoff=Backoff[base=PT1S, cap=PT1M]
            retry.max-retry-after=1s          | maxRetryAfter=PT1S
            retry.max-total-delay=1s          | maxTotalDelay=PT1S
            retry.budget=14                   | budget=14
            limits.max-event-size=1KB         | maxLineBytes=1024, maxEventBytes=1024
            limits.max-error-body-size=2KB    | maxErrorBodyBytes=2048
            limits.max-response-header-size=3KB | maxResponseHeaderBytes=3072
            limits.max-request-size=4KB       | maxRequestBytes=4096
            limits.max-partial-chars=0        | maxPartialChars=0
            """)
    void eachPartIsSaidBesideTheDefaultsOfTheOthers(String property, String part) {
        assertThat(said(property)).hasSize(NOTHING.size()).anyMatch(call -> call.contains(part));
        assertThat(said(property).stream().filter(NOTHING::contains)).hasSize(NOTHING.size() - 1);
    }

    @Test
    void whatIsNotSetOrEmptyIsLeftToTheClient() {
        assertThat(said()).isEqualTo(NOTHING);
        assertThat(said("api-key=", "auth-token=", "profile=", "base-url=", "api-version=", "proxy.url="))
                .isEqualTo(NOTHING);
        assertThat(said("headers.x-team=", "betas[0]=", "fallback-models[0]=", "timeouts.idle="))
                .isEqualTo(NOTHING);
        assertThat(said("pacing.enabled=false", "pacing.quota.requests=5")).isEqualTo(NOTHING);
        ClaudeFluxProperties properties = properties("shutdown.grace=", "tenants.source=", "tenants.header=");
        assertThat(properties.shutdown()).isEqualTo(properties().shutdown());
        assertThat(properties.tenants()).isEqualTo(properties().tenants());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeouts.idle=100us",
                "timeouts.total=8d",
                "retry.max-retries=101",
                "retry.max-retry-after=-1s",
                "limits.max-request-size=0B",
                "limits.max-partial-chars=-1",
                "proxy.url=https://user:secret@proxy.example",
            })
    void whatCannotBeRightIsCalledByItsName(String property) {
        String name = "claude-flux." + property.substring(0, property.indexOf('='));
        assertThatThrownBy(() -> said(property))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.setting()).isEqualTo(name))
                .hasMessageStartingWith(name + ": ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void noGraceIsLessThanNone() {
        assertThatThrownBy(() -> properties("shutdown.grace=-1s"))
                .hasRootCauseMessage("grace must be >= 0 but was PT-1S");
    }

    @Test
    void noTextShowsASecret() {
        ClaudeFluxProperties properties = properties(
                "api-key=" + Canary.KEY,
                "auth-token=" + Canary.KEY,
                "base-url=https://" + Canary.KEY,
                "headers.x=" + Canary.KEY,
                "proxy.url=http://u:" + Canary.KEY + "@h");
        assertThat(properties.toString()).doesNotContain(Canary.KEY);
        assertThat(properties.proxy().toString()).doesNotContain(Canary.KEY);
    }

    private static List<String> said(String... properties) {
        List<String> said = new ArrayList<>();
        ClaudeClient.Builder builder = (ClaudeClient.Builder) Proxy.newProxyInstance(
                ClaudeClient.class.getClassLoader(),
                new Class<?>[] {ClaudeClient.Builder.class},
                (it, method, args) -> {
                    Object[] told = args == null ? new Object[0] : args;
                    boolean isOneRecord =
                            told.length == 1 && told[0] instanceof Record && !NAMED.contains(method.getName());
                    said.add(method.getName()
                            + (told.length == 0 ? "" : isOneRecord ? told[0] : Arrays.deepToString(flat(told))));
                    return it;
                });
        ClientProperties.apply(properties(properties), builder);
        return said;
    }

    /** Records that are shown in brackets. */
    private static final List<String> NAMED = List.of("apiVersion", "pacing", "proxy");

    private static Object[] flat(Object[] arguments) {
        return arguments.length == 1 && arguments[0] instanceof Object[] all ? all : arguments;
    }

    private static ClaudeFluxProperties properties(String... properties) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String property : properties) {
            int sign = property.indexOf('=');
            values.put("claude-flux." + property.substring(0, sign), property.substring(sign + 1));
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("claude-flux", ClaudeFluxProperties.class);
    }
}
