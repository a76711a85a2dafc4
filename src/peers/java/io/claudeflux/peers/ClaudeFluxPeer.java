package io.claudeflux.peers;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.Timeouts;
import io.claudeflux.message.MessageRequest;
import reactor.core.publisher.Flux;

/** This library. */
final class ClaudeFluxPeer implements PeerClient {
    private static final MessageRequest REQUEST = MessageRequest.builder()
            .model(PeerSettings.MODEL)
            .maxTokens(64)
            .user(PeerSettings.PROMPT)
            .build();

    private final ClaudeClient client;

    ClaudeFluxPeer(PeerSettings settings) {
        ClaudeClient.Builder builder =
                ClaudeClient.builder().apiKey(settings.apiKey()).baseUrl(settings.baseUrl());
        if (settings.readTimeout() != null) {
            builder.timeouts(Timeouts.defaults().withIdle(settings.readTimeout()));
        }
        client = builder.build();
    }

    @Override
    public Flux<String> text() {
        return client.messages().streamText(REQUEST);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
