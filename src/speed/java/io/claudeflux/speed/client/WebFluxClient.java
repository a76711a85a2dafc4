package io.claudeflux.speed.client;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user of WebFlux writes: WebClient, its events as strings, a tree of each. */
final class WebFluxClient implements StreamClient {
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebClient client;

    WebFluxClient(String baseUrl, int streams) {
        client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(Connections.http(streams)))
                .baseUrl(baseUrl)
                .defaultHeader("x-api-key", "speed")
                .build();
    }

    @Override
    public void open(OpenStream stream) {
        client.post()
                .uri("/v1/messages")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Connections.REQUEST)
                .retrieve()
                .bodyToFlux(EVENT)
                .subscribe(event -> text(event, stream), stream::failed, stream::completed);
    }

    private static void text(ServerSentEvent<String> event, OpenStream stream) {
        String data = event.data();
        JsonNode text = data == null
                ? JSON.missingNode()
                : JSON.readTree(data).path("delta").path("text");
        if (text.isString()) {
            stream.text(text.asString());
        }
    }
}
