package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The event names of the Claude API as constants, so that the name of a frame costs no allocation. */
final class EventNames {

    // The most frequent first: nearly every event of a stream is a delta.
    private static final String[] NAMES = {
        "content_block_delta",
        "ping",
        "content_block_start",
        "content_block_stop",
        "message_start",
        "message_delta",
        "message_stop",
        "error",
    };

    private static final byte[][] BYTES = new byte[NAMES.length][];

    static {
        for (int i = 0; i < NAMES.length; i++) {
            BYTES[i] = NAMES[i].getBytes(US_ASCII);
        }
    }

    private EventNames() {}

    /** Takes the name out of the value of an {@code event} line. */
    static String take(ByteAccumulator value) {
        for (int i = 0; i < BYTES.length; i++) {
            if (value.holds(BYTES[i])) {
                value.clear();
                return NAMES[i];
            }
        }
        return value.takeString();
    }
}
