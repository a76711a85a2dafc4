package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Canary;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** What a health check of the application shows of its clients; by reflection, for the types differ by line. */
@Timeout(60)
class ClientHealthTests {
    private static final String PACKAGE = ClassUtils.isPresent(EarlierHealth.PACKAGE + "HealthIndicator", null)
            ? EarlierHealth.PACKAGE
            : "org.springframework.boot.health.contributor.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class))
            .withPropertyValues("claude-flux.api-key=" + Canary.KEY, "claude-flux.max-concurrent-requests=7");

    @Test
    void itIsUpAndShowsHowThingsStand() {
        runner.run(context -> {
            Object indicator = context.getBean(indicator());
            assertThat(context.getBeanNamesForType(indicator())).containsExactly("claudeFluxHealthIndicator");
            assertThat(health(indicator).toString())
                    .contains("UP", "permitsInUse=0", "permitsLimit=7", "waiting=0", "failed=0", "modelsKeptBack={}");
            assertThat(Set.of(indicator)).contains(indicator).doesNotContain("another");
        });
    }

    @Test
    void severalClientsAreShownByTheirNames() {
        ClaudeClient one = ClaudeClient.builder().apiKey("k").build();
        ClaudeClient two = ClaudeClient.builder().apiKey("k").build();
        runner.withBean("one", ClaudeClient.class, () -> one)
                .withBean("two", ClaudeClient.class, () -> two)
                .run(context -> assertThat(health(context.getBean(indicator())).toString())
                        .contains("one={permitsInUse=0", "two={permitsInUse=0"));
    }

    @Test
    void itIsSwitchedOffAsOthersAre() {
        runner.withPropertyValues("management.health.claude-flux.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(indicator()));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(indicator()));
    }

    private static Class<?> indicator() {
        return ClassUtils.resolveClassName(PACKAGE + "HealthIndicator", null);
    }

    private static Object health(Object indicator) throws ReflectiveOperationException {
        return Objects.requireNonNull(ReflectionUtils.invokeMethod(indicator().getMethod("health"), indicator));
    }
}
