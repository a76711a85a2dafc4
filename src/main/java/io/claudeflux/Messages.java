package io.claudeflux;

import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Response;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/messages}.
 *
 * <p>Every result is cold: each subscription sends a request of its own, and two subscribers mean two requests and two
 * bills. A cancel closes the connection, in any phase and without blocking. Signals come on an event-loop thread.
 */
public interface Messages {
    /**
     * Streams an answer as its events.
     *
     * <pre>
     * message_start (content_block_start content_block_delta* content_block_stop)* message_delta+ message_stop
     * </pre>
     *
     * <p>with {@code ping} and unknown events anywhere. {@code message_start} is held back until there is something
     * behind it. Demand reaches the socket; what is buffered is one chunk of the response.
     *
     * @param request what is asked; {@code stream} is set for you
     * @return the events; completes after {@code message_stop} and never otherwise; fails with a
     *     {@link io.claudeflux.error.ClaudeException} that knows how many events were delivered and carries the message
     *     so far
     */
    Flux<StreamEvent> stream(MessageRequest request);

    /**
     * Streams the text of an answer, without thinking and tool calls.
     *
     * @param request what is asked
     * @return the pieces of text as they arrive, to be joined without a separator; empty for an answer without text;
     *     errors as in {@link #stream}
     */
    default Flux<String> streamText(MessageRequest request) {
        return stream(request).handle((event, sink) -> {
            if (event instanceof ContentBlockDelta block && block.delta() instanceof TextDelta delta) {
                sink.next(delta.text());
            }
        });
    }

    /**
     * Asks for the whole answer. It streams underneath, so that a long answer meets no time limit of a silent
     * connection, and a cut one is never taken for whole. Since nothing is handed down before the whole message is
     * there, a failure at any point may be tried again.
     *
     * @param request what is asked
     * @return the message, equal to the one a non-streaming call returns; errors as in {@link #stream}
     */
    Mono<Message> create(MessageRequest request);

    /**
     * As {@link #create}, with the head of the response: request id and rate limits. In a stream they are part of
     * {@link io.claudeflux.stream.MessageStart}.
     *
     * @param request what is asked
     * @return the message and the head
     */
    Mono<Response<Message>> createWithResponse(MessageRequest request);

    /**
     * The same endpoint with other options for its calls.
     *
     * @param options what is different; the rest stays as it is here
     * @return a view of the same client
     */
    Messages with(CallOptions options);

    /**
     * The same calls with somebody else to ask when these fail: another account, region or gateway.
     *
     * <p>It is asked what this one was asked, once this one has failed for good, without having handed anything down
     * and for a reason that is not the request's: overloaded, out of quota, out of reach, too many waiting. Clocks and
     * retries are each one's own. When both fail, the error is the second's, with the first's suppressed in it.
     *
     * @param second asked when this one fails
     * @return both, one after the other
     */
    default Messages fallbackTo(Messages second) {
        return new FallbackMessages(this, second);
    }
}
