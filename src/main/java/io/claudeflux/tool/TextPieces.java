package io.claudeflux.tool;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.TextDelta;
import java.util.function.BiConsumer;
import reactor.core.publisher.SynchronousSink;

/** Picks the text out of a run; belongs to one subscription. An answer that was paused goes on within its sentence. */
final class TextPieces implements BiConsumer<ToolEvent, SynchronousSink<String>> {
    private boolean hasSpoken;
    private boolean isBehindCalls;

    @Override
    public void accept(ToolEvent event, SynchronousSink<String> sink) {
        if (event instanceof ToolEvent.ToolStart) {
            isBehindCalls = hasSpoken;
        } else if (event instanceof ToolEvent.Streamed streamed
                && streamed.event() instanceof ContentBlockDelta block
                && block.delta() instanceof TextDelta delta
                && !delta.text().isEmpty()) {
            sink.next(isBehindCalls ? "\n\n" + delta.text() : delta.text());
            hasSpoken = true;
            isBehindCalls = false;
        }
    }
}
