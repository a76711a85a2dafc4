package io.claudeflux;

import io.claudeflux.error.Finding;
import io.claudeflux.internal.auth.Credential;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.message.MessageRequest;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Makes a request ready to be sent: its body, its headers, and the refusal of what must not be sent. */
final class MessageCalls {
    private final Credential credential;
    private final RequestHeaders headers;
    private final Checks checks;

    MessageCalls(Credential credential, RequestHeaders headers, Checks checks) {
        this.credential = credential;
        this.headers = headers;
        this.checks = checks;
    }

    /** The request as bytes; what cannot be right is refused here. */
    Mono<Outgoing> prepare(MessageRequest request, Checks.Order order) {
        return Mono.fromSupplier(() -> {
            Map<String, String> all = streaming(request);
            byte[] body = checks.body(request, all, order);
            Outgoing.Load load = new Outgoing.Load(RequestSize.of(request, body.length), true);
            return outgoing(Errand.Endpoint.MESSAGES, all, body, load);
        });
    }

    /** As much of the request as can be counted, under the same rules. */
    Outgoing counted(MessageRequest request, Checks.Order order) {
        Map<String, String> all = headers.ofPost("application/json", request.headers(), request.betas());
        byte[] body = checks.counted(request, all, order);
        Errand.Endpoint endpoint = Errand.Endpoint.COUNT_TOKENS;
        return outgoing(endpoint, all, body, Outgoing.Load.of(endpoint));
    }

    private Outgoing outgoing(Errand.Endpoint endpoint, Map<String, String> all, byte[] body, Outgoing.Load load) {
        return new Outgoing(new HttpCall.Head(endpoint.method(), endpoint.path(), all), body, load, credential);
    }

    /** What preflight finds. */
    List<Finding> check(MessageRequest request) {
        return checks.all(request, streaming(request));
    }

    private Map<String, String> streaming(MessageRequest request) {
        return headers.ofPost("text/event-stream", request.headers(), request.betas());
    }
}
