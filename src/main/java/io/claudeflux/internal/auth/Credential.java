package io.claudeflux.internal.auth;

import reactor.core.publisher.Mono;

/** Who asks, for the life of a client. Prints no secret. */
public interface Credential {
    /**
     * What the next attempt shows.
     *
     * @return cold; subscribed once for each attempt; one proof, or a {@code ClaudeException}
     */
    Mono<Proof> proof();

    /**
     * The server has refused a proof as that of nobody.
     *
     * @param proof it
     * @return whether another one can be had, so that asking again is worth it
     */
    default boolean reject(Proof proof) {
        return false;
    }
}
