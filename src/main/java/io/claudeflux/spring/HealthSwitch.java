package io.claudeflux.spring;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether health is to be shown, by the properties that all indicators have. Spring Boot's own condition for it is
 * another class in each of its lines.
 */
final class HealthSwitch implements Condition {
    HealthSwitch() {}

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        boolean isOnByDefault = environment.getProperty("management.health.defaults.enabled", Boolean.class, true);
        return environment.getProperty("management.health.claude-flux.enabled", Boolean.class, isOnByDefault);
    }
}
