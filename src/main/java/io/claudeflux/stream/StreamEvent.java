package io.claudeflux.stream;

/**
 * One event of a streamed answer.
 *
 * <p>In-stream {@code error} events are not among them: they end the stream with a typed error. Unknown fields of an
 * event are kept in its {@code extra}, unknown events in {@link UnknownEvent}.
 *
 * <pre>{@code
 * if (event instanceof ContentBlockDelta block && block.delta() instanceof TextDelta delta) {
 *     out.print(delta.text());
 * }
 * }</pre>
 */
public sealed interface StreamEvent
        permits MessageStart,
                ContentBlockStart,
                ContentBlockDelta,
                ContentBlockStop,
                MessageDelta,
                MessageStop,
                Ping,
                UnknownEvent {
    /**
     * The event's name on the wire, such as {@code content_block_delta}.
     *
     * @return the {@code type} of the event
     */
    String type();
}
