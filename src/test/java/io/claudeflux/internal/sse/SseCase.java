package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream and what has to come out of it, however it is cut. */
final class SseCase {

    private final String name;
    private final byte[] stream;
    private final List<SseFrame> frames = new ArrayList<>();
    private @Nullable SseFrame unfinished;
    private Optional<Duration> retry = Optional.empty();

    private SseCase(String name, byte[] stream) {
        this.name = name;
        this.stream = stream;
    }

    static SseCase utf8(String name, String stream) {
        return new SseCase(name, stream.getBytes(UTF_8));
    }

    /** Takes each char of the stream as one byte, for what is not UTF-8. */
    static SseCase latin1(String name, String stream) {
        return new SseCase(name, stream.getBytes(ISO_8859_1));
    }

    SseCase gives(String... data) {
        for (String text : data) {
            frames.add(new SseFrame("", text, ""));
        }
        return this;
    }

    SseCase givesNamed(String event, String data) {
        frames.add(new SseFrame(event, data, ""));
        return this;
    }

    SseCase givesWithId(String id, String data) {
        frames.add(new SseFrame("", data, id));
        return this;
    }

    SseCase leaves(String event, String data) {
        unfinished = new SseFrame(event, data, "");
        return this;
    }

    SseCase retries(long millis) {
        retry = Optional.of(Duration.ofMillis(millis));
        return this;
    }

    byte[] stream() {
        return stream.clone();
    }

    Decoded expected() {
        return new Decoded(frames, unfinished, retry);
    }

    @Override
    public String toString() {
        return name;
    }
}
