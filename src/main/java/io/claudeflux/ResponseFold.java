package io.claudeflux;

import io.claudeflux.message.Message;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.StreamEvent;

/** Folds a stream into its message and keeps the head that came with the first event. */
final class ResponseFold {
    private final MessageAccumulator message = new MessageAccumulator();
    private ResponseMetadata head = ResponseMetadata.none();

    void add(StreamEvent event) {
        message.add(event);
        if (event instanceof MessageStart start) {
            head = start.response();
        }
    }

    Response<Message> response() {
        return new Response<>(message.message(), head);
    }
}
