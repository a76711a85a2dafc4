package io.claudeflux.cli;

import org.jspecify.annotations.Nullable;

/**
 * What is examined.
 *
 * @param key the API key, if there is one
 * @param token the auth token, if there is one and no key
 * @param baseUrl where the API is
 */
record Patient(@Nullable String key, @Nullable String token, String baseUrl) {
    static Patient of(Shell shell, String api) {
        String url = shell.variable("ANTHROPIC_BASE_URL");
        String key = shell.variable("ANTHROPIC_API_KEY");
        return new Patient(key, key == null ? shell.variable("ANTHROPIC_AUTH_TOKEN") : null, url == null ? api : url);
    }

    boolean hasCredentials() {
        return key != null || token != null;
    }

    @Override
    public String toString() {
        return "Patient[" + baseUrl + "]";
    }
}
