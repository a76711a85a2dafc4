package io.claudeflux.error;

import org.jspecify.annotations.Nullable;

/**
 * A setting, a key or a request cannot be right; nothing was sent. The message says which, and never shows a secret.
 */
public sealed class ConfigurationException extends ClaudeException permits PreflightException {
    /** The name of the setting. */
    private final String setting;

    /**
     * A setting that cannot be right.
     *
     * @param setting its name, such as {@code apiKey}
     * @param message a sentence: what is wrong and what to do next
     * @param cause what was caught, if anything
     */
    public ConfigurationException(String setting, String message, @Nullable Throwable cause) {
        this(setting, message, cause, FailureContext.local());
    }

    /** For subtypes, and for copies. */
    ConfigurationException(String setting, String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause, context);
        this.setting = setting;
    }

    /**
     * Which setting.
     *
     * @return its name
     */
    public final String setting() {
        return setting;
    }

    @Override
    public String label() {
        return "configuration";
    }

    @Override
    public final Origin origin() {
        return Origin.CONFIG;
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new ConfigurationException(setting, sentence(), getCause(), context);
    }
}
