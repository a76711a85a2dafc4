package io.claudeflux;

import java.util.Map;

/** Clients for tests of other packages, which see neither the variables nor the home of whoever runs them. */
public final class IsolatedClients {
    private IsolatedClients() {}

    /** A builder that looks for what is not set among these variables. */
    public static ClaudeClient.Builder builder(Map<String, String> variables) {
        return new DefaultClaudeClientBuilder().environment(variables::get);
    }
}
