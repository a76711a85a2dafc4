package io.claudeflux.internal.sse;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A protocol of words: emits the data of each frame, is done behind {@code end}, fails at {@code fail}. */
final class WordHandler implements FrameHandler<String> {

    private boolean isDone;

    @Override
    public void onFrame(SseFrame frame, Consumer<? super String> out) {
        if (frame.data().equals("fail")) {
            throw new IllegalStateException("bad word");
        }
        out.accept(frame.data());
        isDone = frame.data().equals("end");
    }

    @Override
    public void onEnd(@Nullable SseFrame unfinished, Consumer<? super String> out) {
        if (unfinished != null) {
            out.accept("unfinished " + unfinished.data());
        }
        throw new IllegalStateException("no end");
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public Throwable onFailure(Throwable error) {
        return new Mapped(error);
    }

    /** Proves that an error went through {@link #onFailure}. */
    static final class Mapped extends RuntimeException {

        Mapped(Throwable cause) {
            super("mapped " + cause.getMessage(), cause);
        }
    }
}
