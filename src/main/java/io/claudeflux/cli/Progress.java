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
     * An attempt of a stream failed before it had delivered anything, and another one follows.
     *
     * @param stream which one, from 0
     * @param attempt which attempt failed, from 1
     * @param error why
     */
    record Retry(int stream, int attempt, Throwable error) implements Progress {}

    /**
     * A stream ended.
     *
     * @param stream which one, from 0
     * @param attempts how many attempts it had made
     * @param error why, or null if it completed
     * @param nanos when, by {@link System#nanoTime()}
     */
    record End(int stream, int attempts, @Nullable Throwable error, long nanos) implements Progress {}

    /** Time to draw. */
    record Tick() implements Progress {}
}
