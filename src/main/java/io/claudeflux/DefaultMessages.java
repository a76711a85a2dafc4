package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.Finding;
import io.claudeflux.error.PreflightException;
import io.claudeflux.internal.http.HttpBody;
import io.claudeflux.internal.sse.DrainPolicy;
import io.claudeflux.internal.sse.SseFlux;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.message.TokenCount;
import io.claudeflux.schema.Structured;
import io.claudeflux.schema.StructuredOutput;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The pipeline: {@link #run} is a call, {@link #attempt} is what is done once or several times for it, one step a line;
 * each step is a type of its own.
 */
final class DefaultMessages implements Messages {
    private final Parts parts;
    private final CallOptions options;

    DefaultMessages(Parts parts, CallOptions options) {
        this.parts = parts;
        this.options = options;
    }

    /**
     * What the steps are made of, shared by all calls of a client.
     *
     * @param calls requests -> headers and bytes
     * @param attempts permit, key, bytes out, bytes in
     * @param json the pipeline of what is no stream
     * @param protocol what becomes of the frames of a body
     * @param limits how much of a body may be held
     * @param drain how long to wait for the end of a body behind the end of the message
     */
    record Parts(
            MessageCalls calls,
            Attempts attempts,
            JsonCalls json,
            BiFunction<HttpBody, Call, MessageFrames> protocol,
            SseLimits limits,
            DrainPolicy drain) {}

    @Override
    public Flux<StreamEvent> stream(MessageRequest request) {
        return run(request, events -> events).checkpoint("POST /v1/messages (stream)");
    }

    @Override
    public Mono<Message> create(MessageRequest request) {
        return createWithResponse(request).map(Response::value);
    }

    @Override
    public <T> Mono<Structured<T>> create(MessageRequest request, StructuredOutput<T> output) {
        // Read within the call, whose failure it is if the answer is not the value.
        return Mono.defer(() -> run(
                                output.applyTo(request),
                                events -> ResponseFold.of(events).map(output::read))
                        .single())
                .checkpoint("POST /v1/messages (create)");
    }

    @Override
    public Mono<Response<Message>> createWithResponse(MessageRequest request) {
        // Folded within the attempt: as long as nothing is handed down, everything may be tried again.
        return run(request, ResponseFold::of).single().checkpoint("POST /v1/messages (create)");
    }

    @Override
    public Mono<TokenCount> countTokens(MessageRequest request) {
        Objects.requireNonNull(request, "request");
        return parts.json()
                .ask(
                        Errand.of(Errand.Endpoint.COUNT_TOKENS, request),
                        options,
                        call -> parts.calls().counted(request, order(request, call)),
                        answer -> answer.as(TokenCount.class));
    }

    @Override
    public List<Finding> check(MessageRequest request) {
        return parts.calls().check(Objects.requireNonNull(request, "request"));
    }

    @Override
    public Messages with(CallOptions differences) {
        return new DefaultMessages(parts, options.and(differences));
    }

    private <T> Flux<T> run(MessageRequest request, Function<Flux<StreamEvent>, Flux<T>> handedDown) {
        Objects.requireNonNull(request, "request");
        FrontDesk desk = parts.attempts().desk();
        return desk.admit(
                Errand.of(Errand.Endpoint.MESSAGES, request),
                options,
                call -> inTurn(
                        call,
                        request,
                        // From the first item that is handed down on, nothing is tried again.
                        prepared -> call.retried(attempt(call, prepared).transform(handedDown), desk.lifecycle())));
    }

    /** MessageRequest -> headers and bytes, refused here if they cannot be right. */
    private Mono<Outgoing> prepared(MessageRequest request, Call call) {
        return parts.calls().prepare(request, order(request, call));
    }

    private Checks.Order order(MessageRequest request, Call call) {
        return new Checks.Order(options.preflight().orElse(true), warning -> call.warn(request.model(), warning));
    }

    private Flux<StreamEvent> attempt(Call call, Outgoing prepared) {
        return parts.attempts()
                .attempt(
                        call,
                        prepared,
                        post -> parts.attempts().http().post(post, body -> events(call, body))); // not 200 is an error
    }

    /** ByteBuf -> SSE frames -> StreamEvent, by demand; what becomes of a frame is in {@link MessageFrames}. */
    private Flux<StreamEvent> events(Call call, HttpBody body) {
        return SseFlux.decode(
                body.bytes(), parts.limits(), () -> parts.protocol().apply(body, call), parts.drain());
    }

    /**
     * The request's model, then the ones to fall back to, each only if nothing came of the one before. One that must
     * refuse the request, which another one has taken, is none to fall back to.
     */
    private <T> Flux<T> inTurn(Call call, MessageRequest request, Function<Outgoing, Flux<T>> ask) {
        Flux<T> answer = prepared(request, call).flatMapMany(ask);
        for (String model : options.fallbackModels().orElse(List.of())) {
            answer = answer.onErrorResume(ClaudeException.class, failure -> {
                if (!call.mayFallBack(failure, parts.attempts().permits())) {
                    return Flux.error(failure);
                }
                return prepared(request.toBuilder().model(model).build(), call)
                        .onErrorMap(PreflightException.class, unfit -> {
                            failure.addSuppressed(unfit);
                            return failure;
                        })
                        .flatMapMany(prepared -> {
                            call.fallBack(model, failure);
                            return ask.apply(prepared);
                        });
            });
        }
        return answer;
    }
}
