package io.claudeflux.spring;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.micrometer.ClaudeMetrics;
import io.claudeflux.micrometer.ClaudeObservationConvention;
import io.claudeflux.micrometer.ClaudeObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;

/**
 * Makes the {@link ClaudeClient} of a Spring Boot application, 4.1 or 3.5, unless it has one of its own: from the
 * properties {@code claude-flux.*}, on the application's event loops with connections of its own, heard by all
 * {@link CallListener} beans, changed by all {@link ClaudeClientCustomizer} beans, and ended with the application.
 *
 * <p>Whatever cannot be right, a missing key included, fails the start and says which property it is.
 * {@code claude-flux.enabled=false} switches all of this off.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "claude-flux.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClaudeFluxProperties.class)
public final class ClaudeFluxAutoConfiguration {
    /** For Spring. */
    public ClaudeFluxAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ClaudeClient claudeClient(
            ClaudeFluxProperties properties,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<CallListener> listeners,
            ObjectProvider<ClaudeClientCustomizer> customizers) {
        ClaudeClient.Builder client = ClaudeClient.builder();
        ClientProperties.apply(properties, client);
        String bundle = ClientProperties.text(properties.ssl().bundle());
        if (bundle != null) {
            SslBundleSettings.apply(bundle, bundles.getIfAvailable(), client);
        }
        listeners.orderedStream().forEach(client::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(client));
        try {
            return client.build();
        } catch (ConfigurationException refused) {
            throw SettingNames.inProperties(refused);
        }
    }

    @Bean
    ClientShutdown claudeFluxShutdown(ConfigurableApplicationContext context, ClaudeFluxProperties properties) {
        return new ClientShutdown(context, properties.shutdown().grace());
    }

    /** The loops are the application's, whoever made them; connections are not, for streams would occupy its pool. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactorResourceFactory.class)
    static final class EventLoops {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ClaudeClientCustomizer claudeFluxEventLoops(ObjectProvider<ReactorResourceFactory> resources) {
            return client -> resources.ifUnique(shared -> client.eventLoops(shared.getLoopResources()));
        }
    }

    /** Each call and each attempt is observed, by whoever the application has told its registry of. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnProperty(name = "claude-flux.observations.enabled", matchIfMissing = true)
    static final class Observations {
        @Bean
        CallListener claudeFluxObservations(
                ObjectProvider<ObservationRegistry> registries,
                ObjectProvider<ClaudeObservationConvention> conventions) {
            ObservationRegistry registry = registries.getIfUnique(() -> ObservationRegistry.NOOP);
            ClaudeObservationConvention convention = conventions.getIfUnique();
            return convention == null
                    ? ClaudeObservations.listener(registry)
                    : ClaudeObservations.listener(registry, convention);
        }
    }

    /** The meters of every client, by the name of its bean where there are several. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnProperty(name = "claude-flux.metrics.enabled", matchIfMissing = true)
    static final class Meters {
        @Bean
        CallListener claudeFluxCallMeters(ObjectProvider<MeterRegistry> registries) {
            MeterRegistry registry = registries.getIfUnique();
            return registry == null ? new CallListener() {} : ClaudeMetrics.listener(registry);
        }

        @Bean
        MeterBinder claudeFluxMeters(ListableBeanFactory beans) {
            return registry -> {
                Map<String, ClaudeClient> clients = beans.getBeansOfType(ClaudeClient.class);
                clients.forEach((name, client) -> (clients.size() == 1
                                ? new ClaudeMetrics(client)
                                : new ClaudeMetrics(client, name))
                        .bindTo(registry));
            };
        }

        @Bean
        MeterFilter claudeFluxBuckets() {
            return ClaudeMetrics.buckets();
        }
    }

    /** Only where something asks for it: no other application needs one more filter. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnProperty("claude-flux.tenants.source")
    static final class WebTenants {
        @Bean
        TenantFilter claudeFluxTenants(ClaudeFluxProperties properties) {
            return new TenantFilter(properties.tenants());
        }
    }

    /** Up for as long as there is a client: no restart helps where the API is overloaded. Nothing is asked for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @Conditional(HealthSwitch.class)
    static final class PassiveHealth {
        @Bean
        HealthIndicator claudeFluxHealthIndicator(Map<String, ClaudeClient> clients) {
            return () -> Health.up().withDetails(ClientHealth.details(clients)).build();
        }
    }

    /** The same where Spring Boot is 3.5. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = EarlierHealth.PACKAGE + "HealthIndicator")
    @Conditional(HealthSwitch.class)
    @Import(EarlierHealth.class)
    static final class EarlierPassiveHealth {}
}
