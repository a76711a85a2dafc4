package io.claudeflux.cli;

import io.claudeflux.stream.StreamEvent;
import org.jspecify.annotations.Nullable;

/** What happens to the streams of a demo, merged into one sequence. */
sealed interface Progress {
    /**
     * A stream delivered an event.
     *
     * @param stream which one, from 0
     * @param event the event
     * @param nanos when, by {@link System#nanoTime()}
     * @param thread the thread that delivered it
     */
    record Event(int stream, StreamEvent event, long nanos, String thread) implements Progress {}

    /**
     * A stream ended.
     *
     * @param stream which one, from 0
     * @param error why, or null if it completed
     * @param nanos when, by {@link System#nanoTime()}
     */
    record End(int stream, @Nullable Throwable error, long nanos) implements Progress {}

    /** Time to draw. */
    record Tick() implements Progress {}
}
