package io.claudeflux.spring;

import io.claudeflux.error.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that the builder's settings have as properties, in what it says of them. */
final class SettingNames {
    static final String PREFIX = "claude-flux.";

    private static final Map<String, String> OTHERS = Map.of(
            "header", "headers",
            "beta", "betas",
            "adaptiveConcurrency", "adaptive-concurrency.min",
            "trustStore", "ssl.bundle",
            "clientCertificate", "ssl.bundle",
            "anthropic-version", "api-version",
            "anthropic-beta", "betas");

    /**
     * A method of the builder in a sentence, as in {@code allowPlaintext(true)}; what has no property stays as it is.
     */
    private static final Pattern CALL = Pattern.compile("\\b(?!federation)([a-z][A-Za-z]+)\\((\\.{3}|true|false)\\)");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private SettingNames() {}

    /** What the builder refuses, said in properties; a variable of the environment keeps its name. */
    static ConfigurationException inProperties(ConfigurationException refused) {
        String setting = refused.setting();
        if (setting.startsWith(PREFIX) || setting.startsWith("ANTHROPIC_")) {
            return refused;
        }
        String message = String.valueOf(refused.getMessage());
        String own =
                message.startsWith(setting + " ") ? property(setting) + message.substring(setting.length()) : message;
        String said = CALL.matcher(own)
                .replaceAll(call -> Matcher.quoteReplacement(
                        property(call.group(1)) + (call.group(2).startsWith(".") ? "" : "=" + call.group(2))));
        return new ConfigurationException(
                property(setting), said.replace(" were called", " are set").replace(" was called", " is set"), refused);
    }

    private static String property(String setting) {
        if (setting.startsWith("header ")) {
            return PREFIX + "headers." + setting.substring("header ".length());
        }
        String kebab = HUMP.matcher(setting).replaceAll("-").toLowerCase(Locale.ROOT);
        return PREFIX + OTHERS.getOrDefault(setting, kebab);
    }
}
