package io.claudeflux.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One thing the server does while it answers; an answer's body is a lazy sequence of these. */
sealed interface Step {

    static Send send(String text) {
        return new Send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Write these bytes, as one HTTP chunk of their own once the {@link Chunker} is through with them. */
    record Send(ByteBuffer bytes) implements Step {}

    /** Book so many output tokens, just generated. */
    record Produce(int tokens) implements Step {}

    /** Wait as a model waits between two tokens; bytes held back for a larger chunk stay held back. */
    record Pace(Duration duration) implements Step {}

    /** Fall silent for a while; what was sent before is on the wire first. */
    record Pause(Duration duration) implements Step {}

    /** The last step, when the answer does not simply run out. */
    record Stop(Ending ending) implements Step {}

    /** How an answer ends. */
    enum Ending {
        /** With the last HTTP chunk. */
        CLEAN,
        /** Connection closed in the middle of the body. */
        CUT,
        /** Connection reset: the client may lose bytes that it has not read yet. */
        RESET,
        /** Never: the connection stays open and silent. */
        STALL
    }
}
