package io.claudeflux;

import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.internal.auth.Credential;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.message.Json;
import io.claudeflux.message.Response;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The pipeline of the endpoints that are asked a question and answer it with one JSON value: the same turns, permits,
 * clocks, keys and retries as those of a stream, and nothing to be paced, for they cost no tokens. They stand in lanes
 * of their own, so that a 429 of theirs keeps back no message, nor does one of a message keep back them.
 *
 * <p>A question leaves nothing behind at the server. So it is asked again also where it may have been served, and
 * {@code retryAmbiguous(false)}, which is about work that is paid for, says nothing about it.
 *
 * @param attempts one attempt
 * @param headers what all requests carry
 * @param credential who asks
 * @param maxBytes the most that an answer may have
 */
record JsonCalls(Attempts attempts, RequestHeaders headers, Credential credential, int maxBytes) {

    <T> Mono<T> ask(Errand errand, CallOptions options, Function<Call, Outgoing> prepare, Function<Json, T> read) {
        FrontDesk desk = attempts.desk();
        return desk.admit(
                        errand,
                        repeatable(options),
                        call -> Mono.fromSupplier(() -> prepare.apply(call))
                                .flatMapMany(outgoing -> call.retried(
                                        attempts.attempt(
                                                call,
                                                outgoing,
                                                request -> attempts.http()
                                                        .json(request, maxBytes)
                                                        .doOnNext(answer -> call.answered(answer.metadata()))
                                                        .map(answer -> read(answer, read))
                                                        .flux()),
                                        desk.lifecycle())))
                .single()
                .checkpoint(errand.endpoint().toString());
    }

    /** A request without a body. */
    Outgoing get(Errand.Endpoint endpoint, String target) {
        return new Outgoing(
                new HttpCall.Head(endpoint.method(), target, headers.ofGet()),
                new byte[0],
                Outgoing.Load.of(endpoint),
                credential);
    }

    private static CallOptions repeatable(CallOptions options) {
        return options.withRetry(
                options.retry().orElseGet(RetryPolicy::defaults).withRetryAmbiguous(true));
    }

    private static <T> T read(Response<Json> answer, Function<Json, T> read) {
        try {
            return read.apply(answer.value());
        } catch (IllegalArgumentException unreadable) {
            // Without the cause, which may quote the server.
            throw new StreamException(
                    Fault.of(Kind.PROTOCOL, "malformed"),
                    "the answer is JSON, but not what this endpoint answers; check that baseUrl leads to the API",
                    null,
                    FailureContext.attempted(false)
                            .withRequestId(answer.metadata().requestId().orElse(null)));
        }
    }
}
