package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.UsageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Folds the events of a stream into the message that the non-streaming call would have returned, field by field.
 *
 * <pre>{@code
 * Mono<Message> answer = claude.messages().stream(request).as(MessageAccumulator::toMessage);
 * }</pre>
 *
 * <p>A pure fold over plain events: blocks are kept by their index, usage counters replace earlier ones, a tool's input
 * is read once its block stops. {@link #snapshot()} shows the message at any time, with a tool's input as far as it can
 * be read. One instance serves one stream and is used by one thread at a time, as Reactor's signals are.
 */
public final class MessageAccumulator {
    private final long maxChars;
    private final Map<Integer, BlockFold> blocks = new TreeMap<>();
    private final MessageFold head = new MessageFold();
    private final UsageFold usage = new UsageFold();
    private @Nullable BlockFold growing;
    private int growingIndex;
    private long chars;
    private boolean truncated;
    private boolean complete;

    /** An accumulator that keeps everything. */
    public MessageAccumulator() {
        this(Long.MAX_VALUE);
    }

    /**
     * An accumulator with a bound on what it keeps, for a message that is only needed when something breaks.
     *
     * @param maxChars the most characters of content to keep; what comes later is left out, and {@link #partial()} says
     *     so
     */
    public MessageAccumulator(long maxChars) {
        this.maxChars = maxChars;
    }

    /**
     * The whole message, once it is complete.
     *
     * @param events a stream; subscribed once for each subscription of the result
     * @return the message behind {@code message_stop}; the stream's own error; or {@code IllegalStateException} if the
     *     events end before {@code message_stop}, as those of {@code take(n)} do
     */
    public static Mono<Message> toMessage(Flux<StreamEvent> events) {
        return events.collect(MessageAccumulator::new, MessageAccumulator::add).map(MessageAccumulator::message);
    }

    /**
     * The growing message, one snapshot behind each event that may have changed it.
     *
     * <p>Each snapshot copies the text so far: for long answers sample it, such as with
     * {@code .sample(Duration.ofMillis(50))}, or hold an accumulator and take snapshots when needed.
     *
     * @param events a stream; subscribed once for each subscription of the result
     * @return snapshots, the last one being the complete message
     */
    public static Flux<Message> snapshots(Flux<StreamEvent> events) {
        return Flux.defer(() -> {
            MessageAccumulator message = new MessageAccumulator();
            return events.filter(event -> !(event instanceof Ping || event instanceof UnknownEvent))
                    .map(event -> message.add(event).snapshot());
        });
    }

    /**
     * Takes the next event.
     *
     * @param event the event; pings and unknown ones change nothing
     * @return this accumulator
     * @throws IllegalStateException if the event cannot stand here, such as a delta for a block that never began;
     *     events of this library's streams always can
     */
    public MessageAccumulator add(StreamEvent event) {
        if (event instanceof ContentBlockDelta delta) {
            delta(delta);
        } else if (event instanceof ContentBlockStart start) {
            start(start);
        } else if (event instanceof ContentBlockStop stop) {
            BlockFold block = block(stop.index());
            if (block != null) {
                block.stop();
            }
        } else if (event instanceof MessageStart start) {
            head.start(start);
        } else if (event instanceof MessageDelta delta) {
            head.change(delta);
            usage.change(delta);
        } else if (event instanceof MessageStop) {
            complete = true;
        }
        return this;
    }

    /**
     * Whether {@code message_stop} was seen.
     *
     * @return true once the message is whole
     */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Whether {@code message_start} was seen, so that there is something to show.
     *
     * @return true once the message has begun
     */
    public boolean isStarted() {
        return head.isStarted();
    }

    /**
     * The whole message.
     *
     * @return the message
     * @throws IllegalStateException before {@code message_stop}
     */
    public Message message() {
        if (!complete) {
            throw new IllegalStateException("the events ended before message_stop: use snapshot() for what there is");
        }
        return snapshot();
    }

    /**
     * The message so far; open blocks as far as they got, a tool's input as far as it can be read.
     *
     * @return a copy
     * @throws IllegalStateException before {@code message_start}
     */
    public Message snapshot() {
        List<ContentBlock> content = new ArrayList<>(blocks.size());
        String model = null;
        for (BlockFold block : blocks.values()) {
            ContentBlock built = block.build();
            content.add(built);
            model = fallbackModel(built, model);
        }
        return head.build(content, model);
    }

    /**
     * The message so far, with the blocks that are still open.
     *
     * @return a copy
     * @throws IllegalStateException before {@code message_start}
     */
    public PartialMessage partial() {
        List<Integer> open = new ArrayList<>();
        int position = 0;
        for (BlockFold block : blocks.values()) {
            if (block.isOpen()) {
                open.add(position);
            }
            position++;
        }
        return new PartialMessage(snapshot(), open, truncated, usage());
    }

    /**
     * What the message has consumed so far: the server's final count once it is there, an estimate before. Content
     * beyond the bound of this accumulator counts too, so that this is the report for a stream that was cancelled.
     *
     * @return the usage, marked exact or estimated
     * @throws IllegalStateException before {@code message_start}
     */
    public UsageReport usage() {
        return usage.report(head.usage());
    }

    private void start(ContentBlockStart start) {
        ContentBlock seed = start.contentBlock();
        usage.add(seed);
        if (!fits(Sizes.of(seed))) {
            return;
        }
        if (blocks.putIfAbsent(start.index(), new BlockFold(seed)) != null) {
            throw new IllegalStateException("content block " + start.index() + " began twice");
        }
    }

    private void delta(ContentBlockDelta event) {
        BlockFold block = block(event.index());
        Delta delta = event.delta();
        usage.add(delta);
        if (block == null) {
            return;
        }
        if (!fits(Sizes.of(delta))) {
            block.cut();
            return;
        }
        if (delta instanceof TextDelta text) {
            block.text(text.text());
        } else if (delta instanceof InputJsonDelta json) {
            block.input(json.partialJson());
        } else if (delta instanceof ThinkingDelta thinking) {
            block.thinking(thinking.thinking());
        } else if (delta instanceof SignatureDelta signature) {
            block.sign(signature.signature());
        } else if (delta instanceof CitationsDelta citations) {
            block.cite(citations.citation());
        } else if (delta instanceof CompactionDelta compaction) {
            block.compact(compaction);
        }
    }

    /** Once something did not fit nothing more is kept, so that what there is stays a prefix. */
    private boolean fits(int length) {
        truncated = truncated || chars + length > maxChars;
        chars += length;
        return !truncated;
    }

    /** Null for a block that was left out because the bound was reached. */
    private @Nullable BlockFold block(int index) {
        if (growing != null && growingIndex == index) {
            return growing; // nearly every event is a delta of the block that the one before belongs to
        }
        BlockFold block = blocks.get(index);
        if (block == null && !truncated) {
            throw new IllegalStateException("content block " + index + " never began");
        }
        growing = block;
        growingIndex = index;
        return block;
    }

    /** Tokens behind a fallback block come from another model, which then counts as the one that served the message. */
    private static @Nullable String fallbackModel(ContentBlock block, @Nullable String current) {
        if (block instanceof UnknownBlock unknown && unknown.type().equals("fallback")) {
            return unknown.raw()
                    .get("to")
                    .flatMap(to -> to.get("model"))
                    .flatMap(Json::asString)
                    .orElse(current);
        }
        return current;
    }
}
