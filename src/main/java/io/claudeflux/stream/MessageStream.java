package io.claudeflux.stream;

import io.claudeflux.message.Citation;
import io.claudeflux.message.Message;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A streamed answer as people look at it: its text, its thinking, the tool calls that form in it.
 *
 * <pre>{@code
 * claude.messages().stream(request).as(MessageStream::of).text().subscribe(out::print);
 * }</pre>
 *
 * <p>Each view is cold: a subscription to it is a subscription to the events, which is a request of its own when they
 * come from a client. Several views of <em>one</em> request share a subscription:
 *
 * <pre>{@code
 * Flux<Ui> page = claude.messages().stream(request).publish(shared -> {
 *     MessageStream answer = MessageStream.of(shared);
 *     return Flux.merge(
 *             answer.toolInput().map(Ui::call).onErrorComplete(),
 *             answer.message().map(Ui::whole).onErrorComplete(),
 *             answer.text().map(Ui::text));
 * });
 * }</pre>
 *
 * <p>There the views are to be subscribed to at once, as {@code merge} does: what {@code concat} subscribes to later
 * has missed what was before. The slowest of them sets the pace, and at most 256 events wait for it. A failure comes to
 * every view, in their order: the last one hands it down, and the ones before leave it with {@code onErrorComplete()}.
 * Reactor would drop all but the first, with a line in the log for each.
 *
 * <p>Demand, threads and errors of a view are those of the events.
 */
public final class MessageStream {
    private final Flux<StreamEvent> events;

    private MessageStream(Flux<StreamEvent> events) {
        this.events = events;
    }

    /**
     * Looks at the events of an answer.
     *
     * @param events the events, from a client or made by hand
     * @return their views
     */
    public static MessageStream of(Flux<StreamEvent> events) {
        return new MessageStream(Objects.requireNonNull(events, "events"));
    }

    /**
     * The events themselves.
     *
     * @return what the views look at
     */
    public Flux<StreamEvent> events() {
        return events;
    }

    /**
     * The text, without thinking and tool calls.
     *
     * @return the pieces as they arrive, to be joined without a separator, which gives {@link Message#text()}; empty
     *     for an answer without text
     */
    public Flux<String> text() {
        return pieces(MessageStream::textOf);
    }

    private static @Nullable String textOf(StreamEvent event) {
        if (event instanceof ContentBlockDelta block) {
            return block.delta() instanceof TextDelta delta ? delta.text() : null;
        }
        return seed(event) instanceof TextBlock text && !text.text().isEmpty() ? text.text() : null;
    }

    /** Not with {@code handle}, which puts the Reactor Context into the thread's variables for each event. */
    private Flux<String> pieces(Function<StreamEvent, @Nullable String> piece) {
        return events.filter(event -> piece.apply(event) != null)
                .map(event -> Objects.requireNonNull(piece.apply(event)));
    }

    /**
     * What the model thinks ahead of its answer, as far as it is shown: a summary, or nothing at all, depending on the
     * request's {@code thinking}. For people; what goes back to the server is in the blocks of the message.
     *
     * @return the pieces as they arrive
     */
    public Flux<String> thinking() {
        return pieces(MessageStream::thinkingOf);
    }

    private static @Nullable String thinkingOf(StreamEvent event) {
        if (event instanceof ContentBlockDelta block) {
            return block.delta() instanceof ThinkingDelta delta ? delta.thinking() : null;
        }
        return seed(event) instanceof ThinkingBlock block && !block.thinking().isEmpty() ? block.thinking() : null;
    }

    /**
     * The places that the text refers to, in the order in which it does.
     *
     * @return the citations as they arrive, each behind the beginning of the text that it belongs to
     */
    public Flux<Citation> citations() {
        return events.concatMapIterable(MessageStream::cited, 1); // nothing is asked for ahead of demand
    }

    /**
     * The input of tool calls while it forms, whoever runs the tool: this application, the server, or an MCP server.
     * For each call some {@link ToolInput.Growing}, then exactly one {@link ToolInput.Valid} or
     * {@link ToolInput.Invalid} once the input is whole. Input that is no JSON is no failure of the view.
     *
     * <pre>{@code
     * answer.toolInput().subscribe(input -> {
     *     if (input instanceof ToolInput.Growing growing) {
     *         growing.soFar().get("path").flatMap(Json::asString).ifPresent(path -> show("editing " + path));
     *     } else if (input instanceof ToolInput.Invalid invalid) {
     *         show(invalid.name() + " was called with something that is no input");
     *     }
     * });
     * }</pre>
     *
     * <p>A call shows when it begins and behind each piece of its input. Once the input is longer than 64 characters it
     * shows whenever another 64th has come, so that reading each one costs a constant factor and not the square of the
     * length.
     *
     * @return the inputs; empty for an answer without tool calls
     */
    public Flux<ToolInput> toolInput() {
        return Flux.defer(() -> {
            ToolInputFold fold = new ToolInputFold();
            return events.<ToolInput>handle((event, sink) -> {
                        ToolInput input = fold.add(event);
                        if (input != null) {
                            sink.next(input);
                        }
                    })
                    .concatWith(Flux.defer(() -> Flux.fromIterable(fold.end())));
        });
    }

    /**
     * The whole message.
     *
     * @return as {@link MessageAccumulator#toMessage}
     */
    public Mono<Message> message() {
        return MessageAccumulator.toMessage(events);
    }

    private static List<Citation> cited(StreamEvent event) {
        if (event instanceof ContentBlockDelta block) {
            return block.delta() instanceof CitationsDelta delta ? List.of(delta.citation()) : List.of();
        }
        return seed(event) instanceof TextBlock text ? text.citations() : List.of();
    }

    private static @Nullable Object seed(StreamEvent event) {
        return event instanceof ContentBlockStart start ? start.contentBlock() : null;
    }
}
