package io.claudeflux.schema;

import io.claudeflux.error.StructuredOutputException;
import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import io.claudeflux.message.Response;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.TextBlock;
import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.ContentBlockStart;
import io.claudeflux.stream.MessageAccumulator;
import io.claudeflux.stream.MessageStart;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import reactor.core.publisher.SynchronousSink;

/**
 * Folds a stream into the drafts of its value. The text is read anew for each draft, so it must have grown by a share
 * of its length before it is read again: the cost of all readings is then a multiple of the length and not its square.
 */
final class DraftFold<T> {
    private static final int SHARE = 64;

    private final StructuredOutput<T> output;
    private final MessageAccumulator message = new MessageAccumulator();
    private final StringBuilder text = new StringBuilder();
    private ResponseMetadata head = ResponseMetadata.none();
    private String seen = "{}";
    private int readAt;
    private long events;

    DraftFold(StructuredOutput<T> output) {
        this.output = output;
    }

    void add(StreamEvent event, SynchronousSink<Draft<T>> out) {
        message.add(event);
        events += event instanceof Ping ? 0 : 1;
        if (event instanceof MessageStart start) {
            head = start.response();
        } else if (event instanceof ContentBlockStart block && block.contentBlock() instanceof TextBlock seed) {
            grow(seed.text(), out);
        } else if (event instanceof ContentBlockDelta block && block.delta() instanceof TextDelta delta) {
            grow(delta.text(), out);
        } else if (event instanceof MessageStop) {
            finish(out);
        }
    }

    private void grow(String piece, SynchronousSink<Draft<T>> out) {
        text.append(piece);
        if (text.length() - readAt <= readAt / SHARE) {
            return;
        }
        readAt = text.length();
        Json json = JsonBinding.installed().completeObject(text.toString());
        if (!json.text().equals(seen)) {
            seen = json.text();
            out.next(new Draft<>(json, output, null));
        }
    }

    private void finish(SynchronousSink<Draft<T>> out) {
        try {
            Structured<T> whole = new AnswerReader<>(output, new Response<>(message.message(), head)).read(events);
            out.next(new Draft<>(Json.trusted(whole.message().text().strip()), output, whole));
        } catch (StructuredOutputException notTheValue) {
            out.error(notTheValue);
        }
    }
}
