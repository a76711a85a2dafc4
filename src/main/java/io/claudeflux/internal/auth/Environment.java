package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the process was started with: its variables, and where it keeps its configuration. */
public final class Environment {
    private final UnaryOperator<@Nullable String> variables;
    private final UnaryOperator<@Nullable String> properties;

    /**
     * An environment.
     *
     * @param variables the environment variables
     * @param properties the system properties, of which {@code user.home} and {@code os.name} are looked at
     */
    public Environment(UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
        this.variables = variables;
        this.properties = properties;
    }

    /**
     * The environment of this process.
     *
     * @return it
     */
    public static Environment ofProcess() {
        return new Environment(System::getenv, System::getProperty);
    }

    /**
     * A variable.
     *
     * @param name its name
     * @return its value; null if it is not set, or empty
     */
    public @Nullable String variable(String name) {
        String value = variables.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Where the profiles are; null if there is no such place. */
    @Nullable Path configDirectory() {
        String named = variable("ANTHROPIC_CONFIG_DIR");
        if (named != null) {
            return path("ANTHROPIC_CONFIG_DIR", named);
        }
        String system = properties.apply("os.name");
        if (system != null && system.toLowerCase(Locale.ROOT).startsWith("windows")) {
            String data = variable("APPDATA");
            return data == null ? null : path("APPDATA", data).resolve("Anthropic");
        }
        String home = properties.apply("user.home");
        return home == null || home.isEmpty() ? null : path("user.home", home).resolve(".config/anthropic");
    }

    /** A path as somebody has written it. */
    static Path path(String setting, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new ConfigurationException(
                    setting, setting + " is not a path; it breaks off at index " + malformed.getIndex(), null);
        }
    }

    @Override
    public String toString() {
        return "Environment";
    }
}
