package io.claudeflux.speed.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Flow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JDK's own client, its lines, a tree of each. */
final class JdkClient implements StreamClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DATA = "data: ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    JdkClient(String baseUrl) {
        request = HttpRequest.newBuilder(URI.create(baseUrl + "/v1/messages"))
                .header("content-type", "application/json")
                .header("x-api-key", "speed")
                .POST(HttpRequest.BodyPublishers.ofString(Connections.REQUEST))
                .build();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void open(OpenStream stream) {
        http.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines(stream)))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        stream.completed();
                    } else {
                        stream.failed(failure);
                    }
                });
    }

    private record Lines(OpenStream stream) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith(DATA)) {
                JsonNode text = JSON.readTree(line.substring(DATA.length()))
                        .path("delta")
                        .path("text");
                if (text.isString()) {
                    stream.text(text.asString());
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            // The answer fails with it.
        }

        @Override
        public void onComplete() {
            // The answer completes with it.
        }
    }
}
