package io.claudeflux;

import io.claudeflux.message.Message;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.StreamEvent;
import reactor.core.publisher.SynchronousSink;

/**
 * Folds a stream into its message and keeps the head that came with the first event. For {@code handle} and not for
 * {@code collect}, which reports an error that lost against a cancel as dropped.
 */
final class ResponseFold {
    private final MessageAccumulator message = new MessageAccumulator();
    private ResponseMetadata head = ResponseMetadata.none();

    void add(StreamEvent event, SynchronousSink<Response<Message>> out) {
        message.add(event);
        if (event instanceof MessageStart start) {
            head = start.response();
        } else if (event instanceof MessageStop) {
            out.next(new Response<>(message.message(), head));
        }
    }
}
