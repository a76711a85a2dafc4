package io.claudeflux.speed.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * When an event was written, as 19 digits at the start of its text: {@link System#nanoTime()}, which on Linux is one
 * clock for all processes of a machine.
 */
public final class Stamp {
    private static final int DIGITS = 19;
    private static final byte[] EVENT =
            SseText.textDelta("0".repeat(DIGITS) + " ").getBytes(US_ASCII);
    private static final int OFFSET = new String(EVENT, US_ASCII).indexOf("0".repeat(DIGITS));

    private Stamp() {}

    /** A whole event, written now. */
    public static byte[] event() {
        byte[] event = EVENT.clone();
        long rest = System.nanoTime();
        for (int i = OFFSET + DIGITS - 1; i >= OFFSET; i--) {
            event[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return event;
    }

    /** How long such an event is. */
    public static int length() {
        return EVENT.length;
    }

    /** How long ago these bytes were written, in nanoseconds; negative if they are not one whole event with a stamp. */
    public static long age(ByteBuf bytes) {
        if (bytes.readableBytes() != EVENT.length) {
            return -1;
        }
        long written = 0;
        int start = bytes.readerIndex() + OFFSET;
        for (int i = start; i < start + DIGITS; i++) {
            written = written * 10 + (bytes.getByte(i) - '0');
        }
        return System.nanoTime() - written;
    }

    /** How long ago this text was written, in nanoseconds; negative if it is too short for a stamp. */
    public static long age(String text) {
        return text.length() < DIGITS ? -1 : System.nanoTime() - Long.parseLong(text, 0, DIGITS, 10);
    }
}
