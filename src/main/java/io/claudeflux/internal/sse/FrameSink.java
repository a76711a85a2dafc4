package io.claudeflux.internal.sse;

/** Where a decoder puts what it finds. */
@FunctionalInterface
public interface FrameSink {

    /** Takes the next frame. */
    void accept(SseFrame frame);

    /**
     * Is offered a frame as bytes, ahead of its decoding, and takes it or not.
     *
     * @param bytes a copy, in which what is taken, or tried to be, may be written over
     * @param from where a frame may begin
     * @param end the end of what is known so far, and of what the limits allow a frame
     * @return the index behind the one whole frame that was taken, or {@code from} when none was
     */
    default int take(byte[] bytes, int from, int end) {
        return from;
    }
}
