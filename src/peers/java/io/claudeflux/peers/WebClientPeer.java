package io.claudeflux.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/** What one writes by hand over Spring's WebClient: events as JSON, text picked out, passing errors tried again. */
final class WebClientPeer implements PeerClient {
    private static final Map<String, Object> REQUEST = Map.of(
            "model",
            PeerSettings.MODEL,
            "max_tokens",
            64,
            "stream",
            true,
            "messages",
            List.of(Map.of("role", "user", "content", PeerSettings.PROMPT)));

    private final WebClient client;
    private final PeerSettings settings;

    WebClientPeer(PeerSettings settings) {
        this.settings = settings;
        this.client = WebClient.builder()
                .baseUrl(settings.baseUrl())
                .defaultHeader("x-api-key", settings.apiKey())
                .defaultHeader("anthropic-version", "2023-06-01")
                .build();
    }

    @Override
    public Flux<String> text() {
        Flux<ServerSentEvent<JsonNode>> events = client.post()
                .uri("/v1/messages")
                .bodyValue(REQUEST)
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<>() {});
        Flux<ServerSentEvent<JsonNode>> timed =
                settings.readTimeout() == null ? events : events.timeout(settings.readTimeout());
        return timed.retryWhen(Retry.backoff(2, Duration.ofMillis(500)).filter(WebClientPeer::mayPass))
                .mapNotNull(ServerSentEvent::data)
                .mapNotNull(data -> data.at("/delta/text").asString(null));
    }

    private static boolean mayPass(Throwable error) {
        return !(error instanceof WebClientResponseException answer)
                || answer.getStatusCode().value() == 429
                || !answer.getStatusCode().is4xxClientError();
    }

    @Override
    public void close() {
        // Spring's default connections are shared by the JVM.
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
