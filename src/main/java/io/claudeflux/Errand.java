package io.claudeflux;

import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Priority;
import io.claudeflux.message.RequestShape;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about, as far as its turn, its report and those who hear of it need to know.
 *
 * @param endpoint where it goes
 * @param model the model it asks, or asks about; empty for none
 * @param tenant on whose behalf; null for what the Reactor Context says
 * @param priority how urgent; null for what the Reactor Context says
 * @param shape what is asked, without what is said; looked at only for a call that fails, and null for what asks
 *     nothing of a model
 */
record Errand(
        Endpoint endpoint,
        String model,
        @Nullable String tenant,
        @Nullable Priority priority,
        Supplier<@Nullable RequestShape> shape) {

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
        return new Errand(
                endpoint, request.model(), request.tenant(), request.priority(), () -> RequestShape.of(request));
    }

    /** Something without a message request. */
    static Errand of(Endpoint endpoint, String model) {
        return new Errand(endpoint, model, null, null, () -> null);
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
