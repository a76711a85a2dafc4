package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.Finding;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.message.TokenCount;
import io.claudeflux.stream.StreamEvent;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One after the other: the second is asked when the first failed without handing anything down. */
final class FallbackMessages implements Messages {
    private final Messages first;
    private final Messages second;

    FallbackMessages(Messages first, Messages second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Flux<StreamEvent> stream(MessageRequest request) {
        return first.stream(request)
                .onErrorResume(
                        ClaudeException.class,
                        failure -> Fallbacks.isWorthIt(failure)
                                ? second.stream(request).doOnError(failed -> remember(failed, failure))
                                : Flux.error(failure));
    }

    @Override
    public Mono<Message> create(MessageRequest request) {
        return createWithResponse(request).map(Response::value);
    }

    @Override
    public Mono<Response<Message>> createWithResponse(MessageRequest request) {
        return first.createWithResponse(request)
                .onErrorResume(
                        ClaudeException.class,
                        failure -> Fallbacks.isWorthIt(failure)
                                ? second.createWithResponse(request).doOnError(failed -> remember(failed, failure))
                                : Mono.error(failure));
    }

    @Override
    public Mono<TokenCount> countTokens(MessageRequest request) {
        return first.countTokens(request)
                .onErrorResume(
                        ClaudeException.class,
                        failure -> Fallbacks.isWorthIt(failure)
                                ? second.countTokens(request).doOnError(failed -> remember(failed, failure))
                                : Mono.error(failure));
    }

    /** What either of them finds. */
    @Override
    public List<Finding> check(MessageRequest request) {
        return Stream.concat(first.check(request).stream(), second.check(request).stream())
                .distinct()
                .toList();
    }

    @Override
    public Messages with(CallOptions options) {
        return new FallbackMessages(first.with(options), second.with(options));
    }

    /** The second failure is what the caller sees; the first is why it came to that. */
    private static void remember(Throwable failed, ClaudeException before) {
        if (failed != before) {
            failed.addSuppressed(before);
        }
    }
}
