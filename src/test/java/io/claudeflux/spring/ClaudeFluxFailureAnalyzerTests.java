package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.Canary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.mock.env.MockEnvironment;

/** What an application is told that does not start for the sake of the client. */
@Timeout(60)
class ClaudeFluxFailureAnalyzerTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class, SslAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api-key=k timeouts.idle=100us         | claude-flux.timeouts.idle: idle must be zero, or 1 ms to 7 days, but was PT0.0001S
            api-key=k retry.max-retries=-1        | claude-flux.retry.max-retries: maxRetries must be >= 0 but was -1
            api-key=k max-concurrent-requests=0   | claude-flux.max-concurrent-requests must be > 0 but was 0
            api-key=k adaptive-concurrency.min=0  | claude-flux.adaptive-concurrency.min must be from 1 to
            api-key=k base-url=ftp://x            | claude-flux.base-url must begin with https://
            api-key=k base-url=http://a.example   | would send the key in clear text to another machine: use https, or claude-flux.allow-plaintext=true
            api-key=k profile=p                   | claude-flux.api-key and claude-flux.profile are set: only one of them can say who asks
            api-key=two~words                     | claude-flux.api-key: apiKey has white space
            api-key=k headers.x-team=a\\nb       | claude-flux.headers.x-team has
            api-key=k proxy.url=https://p.example | claude-flux.proxy.url: a proxy's URL must begin with http:// or socks5://
            api-key=k ssl.bundle=nobody           | claude-flux.ssl.bundle names the bundle "nobody", which is none of []: define it below spring.ssl.bundle
            """)
    void theAnalysisSaysWhichPropertyIsWrongWhereItIsAndWhatToDo(String properties, String said) {
        String[] set = Stream.of(properties.split(" ", 2))
                .map(property ->
                        "claude-flux." + property.strip().translateEscapes().replace('~', ' '))
                .toArray(String[]::new);
        FailureAnalysis analysis = analysis(runner.withPropertyValues(set));
        assertThat(analysis.getDescription()).contains("No ClaudeClient could be made: ", said);
        assertThat(analysis.getDescription()).contains("Origin: ");
        assertThat(analysis.getAction()).startsWith("Correct the property claude-flux.");
    }

    @Test
    void aMissingKeyIsAskedForByBothOfItsNames() {
        assumeTrue(System.getenv().keySet().stream().noneMatch(name -> name.startsWith("ANTHROPIC_")));
        assumeTrue(Files.notExists(Path.of(System.getProperty("user.home"), ".config/anthropic")));
        FailureAnalysis analysis = analysis(runner.withPropertyValues("claude-flux.api-key="));
        assertThat(analysis.getDescription())
                .contains("no API key: none of claude-flux.api-key, claude-flux.auth-token, claude-flux.profile, ");
        assertThat(analysis.getAction())
                .isEqualTo("Set the property claude-flux.api-key or the environment variable ANTHROPIC_API_KEY. An"
                        + " application that is to start without a client sets claude-flux.enabled=false.");
    }

    @Test
    void whatACustomizerHasSetIsNotLookedForAmongTheProperties() {
        FailureAnalysis analysis = analysis(runner.withPropertyValues("claude-flux.api-key=k")
                .withBean(ClaudeClientCustomizer.class, () -> client -> client.maxQueuedRequests(-1)));
        assertThat(analysis.getDescription())
                .isEqualTo("No ClaudeClient could be made: claude-flux.max-queued-requests must be >= 0 but was -1");
        assertThat(analysis.getAction()).contains("no property of this name is set", "ClaudeClientCustomizer");
    }

    @Test
    void noAnalysisShowsASecret() {
        String secret = Canary.KEY + "\u00A0";
        for (String property : new String[] {"api-key", "auth-token", "base-url", "headers.x", "proxy.url"}) {
            FailureAnalysis analysis = analysis(runner.withPropertyValues(
                    "claude-flux.max-queued-requests=-1", "claude-flux." + property + "=" + secret));
            assertThat(analysis.getDescription() + analysis.getAction())
                    .as(property)
                    .doesNotContain(Canary.KEY);
        }
    }

    @Test
    void theFailuresOfOthersAreLeftToOthers() {
        assertThat(analyzer(new MockEnvironment())
                        .analyze(new IllegalStateException(new ConfigurationException("tools", "two tools", null))))
                .isNull();
    }

    private static FailureAnalysis analysis(ApplicationContextRunner runner) {
        AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
        AtomicReference<Environment> environment = new AtomicReference<>();
        runner.withInitializer(context -> environment.set(context.getEnvironment()))
                .run(context -> {
                    assertThat(context).hasFailed();
                    analysis.set(analyzer(Objects.requireNonNull(environment.get()))
                            .analyze(Objects.requireNonNull(context.getStartupFailure())));
                });
        return Objects.requireNonNull(analysis.get(), "no analysis");
    }

    /** As Boot finds it. */
    private static FailureAnalyzer analyzer(Environment environment) {
        return SpringFactoriesLoader.forDefaultResourceLocation(ClaudeClient.class.getClassLoader())
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(Environment.class, environment),
                        FailureHandler.handleMessage((message, failure) -> {}))
                .stream()
                .filter(ClaudeFluxFailureAnalyzer.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
