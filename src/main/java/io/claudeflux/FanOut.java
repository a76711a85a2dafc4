package io.claudeflux;

import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Requests that wait until the first of them has written the prompt cache; see {@link Messages#fanOut}. */
final class FanOut {
    private final Set<MonoSink<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean isWritten;

    private FanOut() {}

    static List<Flux<StreamEvent>> of(Messages messages, MessageRequest leader, List<MessageRequest> followers) {
        FanOut fanOut = new FanOut();
        List<Flux<StreamEvent>> streams = new ArrayList<>(followers.size() + 1);
        streams.add(messages.stream(leader)
                .doOnNext(event -> fanOut.letGo())
                // Also without a cache: followers are worth their full price rather than nothing.
                .doFinally(end -> fanOut.letGo()));
        followers.forEach(
                follower -> streams.add(fanOut.written().thenMany(Flux.defer(() -> messages.stream(follower)))));
        return List.copyOf(streams);
    }

    private Mono<Void> written() {
        return Mono.create(sink -> {
            waiting.add(sink);
            sink.onDispose(() -> waiting.remove(sink));
            if (isWritten) {
                letGo(sink);
            }
        });
    }

    private void letGo() {
        if (!isWritten) {
            isWritten = true;
            waiting.forEach(this::letGo);
        }
    }

    /** Whoever takes it out may end its wait. */
    private void letGo(MonoSink<Void> sink) {
        if (waiting.remove(sink)) {
            try {
                sink.success();
            } catch (Throwable e) {
                // Of a broken consumer, for which neither the leader nor the other followers must suffer.
                Operators.onErrorDropped(e, Context.of(sink.contextView()));
            }
        }
    }
}
