package io.claudeflux.spring;

import io.claudeflux.error.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says why an application with a client that cannot be made did not start, where the value came from, and what to do;
 * never the value itself, which may be a secret.
 */
final class ClaudeFluxFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    private final Environment environment;

    ClaudeFluxFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        String setting = cause.setting();
        boolean isProperty = setting.startsWith(SettingNames.PREFIX);
        if (!isProperty && !setting.startsWith("ANTHROPIC_")) {
            return null;
        }
        String origin = isProperty ? origin(ConfigurationPropertyName.ofIfValid(setting)) : null;
        String where = origin == null ? "" : System.lineSeparator() + System.lineSeparator() + "Origin: " + origin;
        return new FailureAnalysis(
                "No ClaudeClient could be made: " + cause.getMessage() + where, action(setting, origin != null), cause);
    }

    private static String action(String setting, boolean isSet) {
        if (setting.equals("claude-flux.api-key") && !isSet) {
            return "Set the property claude-flux.api-key or the environment variable ANTHROPIC_API_KEY. An application that"
                    + " is to start without a client sets claude-flux.enabled=false.";
        }
        return isSet
                ? "Correct the property " + setting + ", or remove it."
                : "Correct " + setting
                        + ": no property of this name is set, so look at its parts, at the environment variables"
                        + " ANTHROPIC_* and at the ClaudeClientCustomizer beans.";
    }

    /** Where a property is set; null if it is not, or to nothing. */
    private @Nullable String origin(@Nullable ConfigurationPropertyName name) {
        if (name == null) {
            return null;
        }
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            var property = source.getConfigurationProperty(name);
            if (property != null && !String.valueOf(property.getValue()).isEmpty()) {
                return property.getOrigin() == null ? "unknown" : String.valueOf(property.getOrigin());
            }
        }
        return null;
    }
}
