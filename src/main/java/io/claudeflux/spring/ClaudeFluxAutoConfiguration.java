package io.claudeflux.spring;

import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
}
