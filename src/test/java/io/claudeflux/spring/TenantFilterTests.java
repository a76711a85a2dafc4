package io.claudeflux.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallContext;
import io.claudeflux.fixture.Canary;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** On whose behalf the calls of a web request are made. */
@Timeout(60)
class TenantFilterTests {
    private static final String[] KEY = {"claude-flux.api-key=" + Canary.KEY};

    @ParameterizedTest
    @CsvSource({
        "header, X-Tenant-Id, acme, acme",
        "header, X-Tenant-Id, ' acme ', acme",
        "header, X-Team, acme, ''",
        "none, X-Tenant-Id, acme, ''",
        "principal, X-Tenant-Id, acme, alice",
    })
    void theTenantIsInTheContextOfTheHandler(String source, String header, String value, String tenant) {
        web().withPropertyValues("claude-flux.tenants.source=" + source).run(context -> {
            TenantFilter filter = context.getBean(TenantFilter.class);
            assertThat(tenantOf(filter, request(header, value))).isEqualTo(tenant);
        });
    }

    @Test
    void theHeaderHasAnotherNameIfItIsSaidAndNoMoreThan128CharactersOfIt() {
        web().withPropertyValues("claude-flux.tenants.source=header", "claude-flux.tenants.header=X-Team")
                .run(context -> {
                    TenantFilter filter = context.getBean(TenantFilter.class);
                    assertThat(tenantOf(filter, request("X-Team", "x".repeat(5_000))))
                            .isEqualTo("x".repeat(128));
                    assertThat(tenantOf(filter, MockServerWebExchange.from(MockServerHttpRequest.get("/"))))
                            .isEmpty();
                });
    }

    @Test
    void whereNobodyIsLoggedInThereIsNoTenant() {
        TenantFilter filter = new TenantFilter(
                new ClaudeFluxProperties.Tenants(ClaudeFluxProperties.Tenants.Source.PRINCIPAL, "X-Tenant-Id"));
        assertThat(tenantOf(filter, MockServerWebExchange.from(MockServerHttpRequest.get("/"))))
                .isEmpty();
    }

    @Test
    void noFilterIsMadeUnlessItIsAskedForInAReactiveWebApplication() {
        web().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TenantFilter.class));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class))
                .withPropertyValues(KEY)
                .withPropertyValues("claude-flux.tenants.source=header")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TenantFilter.class));
    }

    private static ReactiveWebApplicationContextRunner web() {
        return new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClaudeFluxAutoConfiguration.class))
                .withPropertyValues(KEY);
    }

    private static ServerWebExchange request(String header, String value) {
        Principal alice = () -> "alice";
        return MockServerWebExchange.from(MockServerHttpRequest.get("/").header(header, value))
                .mutate()
                .principal(Mono.just(alice))
                .build();
    }

    private static String tenantOf(TenantFilter filter, ServerWebExchange exchange) {
        AtomicReference<String> tenant = new AtomicReference<>("the chain was not called");
        WebFilterChain chain = passed -> Mono.deferContextual(context -> {
            tenant.set(context.getOrDefault(CallContext.TENANT, ""));
            return Mono.empty();
        });
        filter.filter(exchange, chain).block(Duration.ofSeconds(5));
        return String.valueOf(tenant.get());
    }
}
