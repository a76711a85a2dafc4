package io.claudeflux;

import io.claudeflux.internal.http.HttpBody;
import io.claudeflux.internal.http.HttpExchange;
import io.claudeflux.internal.sse.DrainPolicy;
import io.claudeflux.internal.sse.SseFlux;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pipeline: {@link #stream} is what this library does, one step a line; each step is a type of its own. */
final class DefaultMessages implements Messages {
    private final MessageCalls calls;
    private final HttpExchange http;
    private final Function<HttpBody, MessageFrames> protocol;
    private final SseLimits limits;
    private final DrainPolicy drain;

    DefaultMessages(MessageCalls calls, HttpExchange http, Function<HttpBody, MessageFrames> protocol, Wire wire) {
        this.calls = calls;
        this.http = http;
        this.protocol = protocol;
        this.limits = wire.limits();
        this.drain = wire.drain();
    }

    /** How bodies are read. */
    record Wire(SseLimits limits, DrainPolicy drain) {}

    @Override
    public Flux<StreamEvent> stream(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return calls.prepare(request) // MessageRequest -> headers and bytes, refused here if they cannot be right
                .flatMapMany(call -> http.post(call, this::events)) // bytes out, bytes in; not 200 is an error
                .checkpoint("POST /v1/messages (stream)");
    }

    /** ByteBuf -> SSE frames -> StreamEvent, by demand; what becomes of a frame is in {@link MessageFrames}. */
    private Flux<StreamEvent> events(HttpBody body) {
        return SseFlux.decode(body.bytes(), limits, () -> protocol.apply(body), drain);
    }

    @Override
    public Flux<String> streamText(MessageRequest request) {
        return stream(request).handle((event, sink) -> {
            if (event instanceof ContentBlockDelta block && block.delta() instanceof TextDelta delta) {
                sink.next(delta.text());
            }
        });
    }

    @Override
    public Mono<Message> create(MessageRequest request) {
        return stream(request).as(MessageAccumulator::toMessage);
    }

    @Override
    public Mono<Response<Message>> createWithResponse(MessageRequest request) {
        return stream(request).collect(ResponseFold::new, ResponseFold::add).map(ResponseFold::response);
    }
}
