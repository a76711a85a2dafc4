package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ConfigurationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the shape of a key: where it comes from, how long it is, how it begins. */
final class KeyCheck {
    private static final String NAME = "key";
    private static final String CONSOLE = "https://console.anthropic.com/settings/keys";

    private KeyCheck() {}

    static Check of(Patient patient, Shell shell) {
        String secret = patient.key() != null ? patient.key() : patient.token();
        if (secret == null) {
            return Check.fail(
                    NAME,
                    "neither ANTHROPIC_API_KEY nor ANTHROPIC_AUTH_TOKEN is set",
                    "Create a key at " + CONSOLE
                            + " and export ANTHROPIC_API_KEY=...; a subscription of Claude has none.");
        }
        String variable = patient.key() != null ? "ANTHROPIC_API_KEY" : "ANTHROPIC_AUTH_TOKEN";
        try {
            client(patient).close();
        } catch (ConfigurationException wrong) {
            return Check.fail(NAME, variable + ": " + wrong.getMessage());
        }
        String seen = variable + ": " + secret.length() + " characters" + beginning(secret);
        boolean isOverruled = patient.key() != null && shell.variable("ANTHROPIC_AUTH_TOKEN") != null;
        return isOverruled
                ? Check.warn(NAME, seen, "ANTHROPIC_AUTH_TOKEN is set too and not used: the key comes first.")
                : Check.ok(NAME, seen);
    }

    private static ClaudeClient client(Patient patient) {
        ClaudeClient.Builder builder = ClaudeClient.builder().baseUrl(patient.baseUrl());
        if (patient.key() != null) {
            return builder.apiKey(patient.key()).build();
        }
        return builder.authToken(String.valueOf(patient.token())).build();
    }

    /** Only what all keys of a kind begin with. */
    private static String beginning(String secret) {
        return Stream.of("sk-ant-api", "sk-ant-admin", "sk-ant-oat", "sk-ant-")
                .filter(secret::startsWith)
                .findFirst()
                .map(prefix -> ", begins with " + prefix)
                .orElse(", does not begin with sk-ant-, as keys of a gateway may");
    }

    static @Nullable String firstSet(Shell shell, String... names) {
        return Stream.of(names)
                .filter(name -> shell.variable(name) != null)
                .findFirst()
                .orElse(null);
    }
}
