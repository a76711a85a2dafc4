package io.claudeflux.example.chat;

import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.spring.ClaudeClientCustomizer;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Where nobody gave a key, the client of the auto-configuration is pointed at a simulated API. */
@Configuration(proxyBeanMethods = false)
@Conditional(SimulatedClaude.WithoutKey.class)
class SimulatedClaude {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedClaude.class);

    @Bean
    ClaudeSimulator claudeSimulator() {
        LOG.info("No ANTHROPIC_API_KEY: the answers are simulated");
        return ClaudeSimulator.builder()
                .pace(Duration.ofMillis(28))
                .keepRequests(10)
                .respondWith(new SimulatedAnswers())
                .start();
    }

    @Bean
    ClaudeClientCustomizer simulated(ClaudeSimulator simulator) {
        return claude -> claude.apiKey("sk-simulated").baseUrl(simulator.baseUrl());
    }

    static final class WithoutKey implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Stream.of(
                            "claude-flux.api-key",
                            "claude-flux.auth-token",
                            "claude-flux.profile",
                            "ANTHROPIC_API_KEY",
                            "ANTHROPIC_AUTH_TOKEN",
                            "ANTHROPIC_PROFILE")
                    .map(context.getEnvironment()::getProperty)
                    .noneMatch(StringUtils::hasLength);
        }
    }
}
