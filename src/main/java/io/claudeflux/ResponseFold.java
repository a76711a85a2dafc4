package io.claudeflux;

import io.claudeflux.message.Message;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import reactor.core.publisher.Flux;

/**
 * Folds a stream into its message and keeps the head that came with the first event. Without {@code collect}, which
 * reports an error that lost against a cancel as dropped, and without {@code handle}, which puts the Reactor Context
 * into the thread's variables for each event.
 */
final class ResponseFold {
    private final MessageAccumulator message = new MessageAccumulator();
    private ResponseMetadata head = ResponseMetadata.none();

    private ResponseFold() {}

    /** The message, once it is whole. */
    static Flux<Response<Message>> of(Flux<StreamEvent> events) {
        return Flux.defer(() -> {
            ResponseFold fold = new ResponseFold();
            return events.doOnNext(fold::add)
                    .filter(MessageStop.class::isInstance)
                    .map(stop -> new Response<>(fold.message.message(), fold.head));
        });
    }

    private void add(StreamEvent event) {
        message.add(event);
        if (event instanceof MessageStart start) {
            head = start.response();
        }
    }
}
