package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;

/**
 * Changes the client of the application ahead of its making: what no property says, such as a rate limiter that a fleet
 * shares, a key that changes, or something of the HTTP client.
 *
 * <pre>{@code @Bean
 * ClaudeClientCustomizer rotatingKey(Vault vault) {
 *     return builder -> builder.apiKey(vault::claudeKey);
 * }
 * }</pre>
 *
 * <p>All beans of this type are called once, in their order, after the properties were applied, and so have the last
 * word. A {@link ClaudeClient} that the application makes itself is not customized.
 */
@FunctionalInterface
public interface ClaudeClientCustomizer {
    /**
     * Changes the client.
     *
     * @param builder holds what the properties say
     */
    void customize(ClaudeClient.Builder builder);
}
