package io.claudeflux.example.chat;

import io.claudeflux.CallOptions;
import io.claudeflux.ClaudeClient;
import io.claudeflux.SseEvent;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * An answer of the API as the events of the page.
 *
 * <pre>
 * attempt (retry attempt)* (message_start … message_stop | trouble) summary
 * </pre>
 *
 * <p>What is between {@code message_start} and {@code message_stop} are the API's own events; {@code trouble} may come
 * in place of any of them.
 */
@Component
final class ChatRelay {
    private final ClaudeClient claude;

    ChatRelay(ClaudeClient claude) {
        this.claude = claude;
    }

    /**
     * Asks, and tells all about it.
     *
     * @param request what is asked
     * @return cold; never fails; as fast as it is read, with one event waiting; its cancel is the request's
     */
    Flux<SseEvent> answer(MessageRequest request) {
        return Flux.defer(() -> {
            CallNotices notices = new CallNotices();
            Flux<SseEvent> answer = claude.messages().with(CallOptions.none().withListener(notices)).stream(request)
                    .map(SseEvent::of)
                    .onErrorResume(failure -> Flux.just(trouble(failure)))
                    .doOnNext(event -> notices.close())
                    .doOnTerminate(notices::close);
            return Flux.mergeSequential(List.of(notices.beforeTheAnswer(), answer), 2, 1)
                    .concatWith(Flux.defer(notices::summary));
        });
    }

    private static SseEvent trouble(Throwable failure) {
        Trouble trouble = Trouble.of(failure);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", trouble.name().toLowerCase(Locale.ROOT));
        data.put("title", trouble.title());
        data.put("advice", trouble.advice());
        if (failure instanceof ClaudeException known) {
            known.requestId().ifPresent(id -> data.put("requestId", id));
        }
        return new SseEvent("trouble", Json.of(data).text());
    }
}
