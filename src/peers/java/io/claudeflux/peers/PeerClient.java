package io.claudeflux.peers;

import reactor.core.publisher.Flux;

/** One client as a WebFlux application uses it: an answer's text, piece by piece. */
public interface PeerClient extends AutoCloseable {
    /** The text of the answer to a small request; every subscription asks anew. */
    Flux<String> text();

    @Override
    void close();
}
