package io.claudeflux.internal.sse;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a protocol makes of the frames of one body.
 *
 * <p>{@link SseFlux} asks for a new handler for each subscription and calls it serially, though not always on the same
 * thread: a handler needs no synchronisation and may keep state in plain fields. Items go to the consumer that a call
 * is handed, during that call.
 *
 * @param <T> what frames become
 */
public interface FrameHandler<T> {

    /**
     * Takes the next frame and emits none, one or many items.
     *
     * <p>Whatever it throws becomes the terminal error, behind every item emitted so far.
     */
    void onFrame(SseFrame frame, Consumer<? super T> out);

    /**
     * Takes the next frame as bytes, if it knows a way that is shorter than {@link #onFrame} and comes to the same.
     *
     * <p>Frames come in their order by the one way or the other. Most are offered here first: those that lie in one
     * buffer, and are not so large that a limit could matter.
     *
     * @param bytes as {@link FrameSink#take} has them
     * @return the index behind the frame, or {@code from} to have it decoded
     */
    default int take(byte[] bytes, int from, int end, Consumer<? super T> out) {
        return from;
    }

    /**
     * Takes note that the body ended cleanly before the protocol did, and throws when that is a fault.
     *
     * @param unfinished the event that the body broke off in, or null when it ended between two events
     */
    void onEnd(@Nullable SseFrame unfinished, Consumer<? super T> out);

    /**
     * Answers whether the protocol has seen its end. It is asked after each frame; once it is true, everything later is
     * ignored, faults included, and the stream completes.
     */
    boolean isDone();

    /**
     * Turns an error into the one to signal, just before that happens.
     *
     * @param error what the body failed with, what this handler threw, or an {@link SseLimitException}
     */
    Throwable onFailure(Throwable error);
}
