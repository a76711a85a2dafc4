package io.claudeflux.cli;

import io.claudeflux.error.ConfigurationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the shape of a key: where it comes from, how long it is, how it begins. */
final class KeyCheck {
    private static final String NAME = "key";
    private static final String CONSOLE = "https://console.anthropic.com/settings/keys";

    private KeyCheck() {}

    static Check of(Patient patient, Shell shell) {
        try {
            patient.clients().get().build().close();
        } catch (ConfigurationException wrong) {
            // Where the API is has a line of its own.
            if (!wrong.setting().equals("baseUrl")) {
                return wrong(wrong, shell);
            }
        }
        if (patient.isSimulated()) {
            return Check.ok(NAME, "any will do for the simulator");
        }
        String secret = patient.key() != null ? patient.key() : patient.token();
        if (secret == null) {
            return Check.ok(NAME, "none is needed: who asks is said by " + other(shell));
        }
        String variable = patient.key() != null ? "ANTHROPIC_API_KEY" : "ANTHROPIC_AUTH_TOKEN";
        String seen = variable + ": " + secret.length() + " characters" + beginning(secret);
        boolean isOverruled = patient.key() != null && shell.variable("ANTHROPIC_AUTH_TOKEN") != null;
        return isOverruled
                ? Check.warn(NAME, seen, "ANTHROPIC_AUTH_TOKEN is set too and not used: the key comes first.")
                : Check.ok(NAME, seen);
    }

    private static Check wrong(ConfigurationException wrong, Shell shell) {
        if (Connection.isWithoutCredentials(shell, wrong)) {
            return Check.fail(
                    NAME,
                    "neither ANTHROPIC_API_KEY nor ANTHROPIC_AUTH_TOKEN is set, and there is no profile",
                    "Create a key at " + CONSOLE
                            + " and export ANTHROPIC_API_KEY=...; a subscription of Claude has none.");
        }
        String setting = wrong.setting();
        boolean isVariable = !Connection.variable(setting).equals(setting);
        return Check.fail(NAME, (isVariable ? Connection.variable(setting) + ": " : "") + wrong.getMessage());
    }

    /** In the order in which the library looks. */
    private static String other(Shell shell) {
        String variable =
                firstSet(shell, "ANTHROPIC_PROFILE", "ANTHROPIC_FEDERATION_RULE_ID", "ANTHROPIC_CUSTOM_HEADERS");
        return variable == null ? "the profile in use" : variable;
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
