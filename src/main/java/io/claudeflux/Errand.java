package io.claudeflux;

import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Priority;
import io.claudeflux.message.RequestShape;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about, as far as its turn, its report and those who hear of it need to know.
 *
 * @param endpoint where it goes
 * @param model the model it asks, or asks about; empty for none
 * @param tenant on whose behalf; null for what the Reactor Context says
 * @param priority how urgent; null for what the Reactor Context says
 * @param request what is asked; null for what asks nothing of a model
 */
record Errand(
        Endpoint endpoint,
        String model,
        @Nullable String tenant,
        @Nullable Priority priority,
        @Nullable MessageRequest request) {
    private static final List<String> SAMPLING = List.of("temperature", "top_k", "top_p");

    /** A method and a path, with names in braces for what differs from call to call. */
    record Endpoint(String method, String path) {
        static final Endpoint MESSAGES = new Endpoint("POST", "/v1/messages");
        static final Endpoint COUNT_TOKENS = new Endpoint("POST", "/v1/messages/count_tokens");
        static final Endpoint MODELS = new Endpoint("GET", "/v1/models");
        static final Endpoint MODEL = new Endpoint("GET", "/v1/models/{id}");

        String at(URI baseUrl) {
            return method + " " + baseUrl + path;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Something that a message request is for. */
    static Errand of(Endpoint endpoint, MessageRequest request) {
        return new Errand(endpoint, request.model(), request.tenant(), request.priority(), request);
    }

    /** Something without a message request. */
    static Errand of(Endpoint endpoint, String model) {
        return new Errand(endpoint, model, null, null, null);
    }

    boolean isStream() {
        return endpoint.equals(Endpoint.MESSAGES);
    }

    /** What is asked, without what is said; takes a moment for a large request. */
    @Nullable RequestShape shape() {
        return request == null ? null : RequestShape.of(request);
    }

    /** The numbers that say how the model is to answer, under their names on the wire. */
    Map<String, Number> numbers() {
        if (request == null || !isStream()) {
            return Map.of();
        }
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("max_tokens", request.maxTokens());
        if (!request.extraBody().isEmptyObject()) {
            Map<String, @Nullable Object> more = request.extraBody().toMap();
            for (String name : SAMPLING) {
                if (more.get(name) instanceof Number number) {
                    numbers.put(name, number);
                }
            }
        }
        return numbers;
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
