package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is examined.
 *
 * @param key the API key, if there is one
 * @param token the auth token, if there is one and no key
 * @param baseUrl where the API is, if that is said
 * @param clients builders of the clients that would ask
 */
record Patient(
        @Nullable String key,
        @Nullable String token,
        @Nullable String baseUrl,
        Supplier<ClaudeClient.Builder> clients) {
    private static final String SIMULATED = "simulated";

    static Patient of(Shell shell) {
        String key = shell.variable("ANTHROPIC_API_KEY");
        String token = key == null ? shell.variable("ANTHROPIC_AUTH_TOKEN") : null;
        return new Patient(key, token, shell.variable("ANTHROPIC_BASE_URL"), shell.clients());
    }

    static Patient simulated(Shell shell, String baseUrl) {
        return new Patient(
                SIMULATED,
                null,
                baseUrl,
                () -> shell.clients().get().apiKey(SIMULATED).baseUrl(baseUrl));
    }

    boolean isSimulated() {
        return SIMULATED.equals(key);
    }

    /** Whether the key or the token is there to be looked at. */
    boolean hasSecret() {
        return key != null || token != null;
    }

    @Override
    public String toString() {
        return "Patient[" + baseUrl + "]";
    }
}
