package io.claudeflux;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A client of the Claude API. Thread-safe, meant to be shared, and cheap to hold: it owns connections, no threads.
 *
 * <pre>{@code
 * try (ClaudeClient claude = ClaudeClient.create()) {
 *     claude.messages().streamText(request).doOnNext(System.out::print).blockLast();
 * }
 * }</pre>
 */
public interface ClaudeClient extends AutoCloseable {
    /**
     * A client configured by the environment: {@code ANTHROPIC_API_KEY} or {@code ANTHROPIC_AUTH_TOKEN}, and {@code ANTHROPIC_BASE_URL} where the API is elsewhere.
     *
     * @return a new client
     * @throws io.claudeflux.error.ConfigurationException if there is no key, or a value cannot be right; the message says which
     */
    static ClaudeClient create() {
        return builder().build();
    }

    /**
     * A builder whose unset values come from the environment or are defaults.
     *
     * @return a new builder
     */
    static ClaudeClientBuilder builder() {
        return new ClaudeClientBuilder();
    }

    /**
     * Messages: the conversation with the model.
     *
     * @return the {@code /v1/messages} endpoint
     */
    Messages messages();

    /**
     * Lets nothing new out, waits for the calls that are under way, then closes the connections.
     *
     * @param grace the longest wait; calls still under way then end in an {@link io.claudeflux.error.AdmissionException} with reason {@code CLOSED}
     * @return cold; closing begins with the subscription; completes when the connections are closed; harmless when repeated
     */
    Mono<Void> closeGracefully(Duration grace);

    /** Closes the connections at once and returns without waiting. Calls under way end in an {@link io.claudeflux.error.AdmissionException} with reason {@code CLOSED}. */
    @Override
    void close();
}
