package io.claudeflux.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.stream.ContentBlockDelta;
import io.claudeflux.stream.Delta;
import io.claudeflux.stream.InputJsonDelta;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.SignatureDelta;
import io.claudeflux.stream.StreamEvent;
import io.claudeflux.stream.TextDelta;
import io.claudeflux.stream.ThinkingDelta;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way, from the bytes of a frame to its event: no frame, no parser, no string but the one that the
 * application gets.
 *
 * <pre>
 * event: content_block_delta
 * data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"…"}}
 * </pre>
 *
 * <p>It knows this frame, its three siblings and the ping, letter by letter, in two spellings: the API's, and the one
 * with a space behind each colon and comma, which gateways in Python write and the API's ping has. Before a brace and
 * behind the last one there may be spaces. At the first surprise, such as a character written by its number, it gives
 * up and says nothing; the frame is then read from its start in the general way. What it does say is what the general
 * way would have said.
 *
 * <p>One instance serves one stream; it is confined to that stream's signals.
 */
final class HotFrame {
    private static final int HEAD = 0;
    private static final int PING = 1;
    private static final int END = 2;
    private static final int TEXT = 3;
    private static final int INPUT = 4;
    private static final int THINKING = 5;
    private static final int SIGNATURE = 6;
    private static final String[] PARTS = {
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":",
        "event: ping\ndata: {\"type\":\"ping\"",
        "\n\n",
        ",\"delta\":{\"type\":\"text_delta\",\"text\":\"",
        ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"",
        ",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"",
        ",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"",
    };
    private static final byte[][] COMPACT = new byte[PARTS.length][];
    private static final byte[][] SPACED = new byte[PARTS.length][];

    static {
        for (int i = 0; i < PARTS.length; i++) {
            COMPACT[i] = PARTS[i].getBytes(US_ASCII);
            SPACED[i] = PARTS[i].replace("\":", "\": ").replace(",\"", ", \"").getBytes(US_ASCII);
        }
    }

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int MAX_INDEX_DIGITS = 4;

    private byte[][] spelling = COMPACT;
    private byte[] bytes = {};
    private int at;
    private int end;

    /**
     * Reads a frame.
     *
     * @param source holds it; where a text has escapes they are resolved in place
     * @param from where it begins
     * @param to the end of what may be looked at
     * @return its event, or null for any other frame, and for one that is not whole
     */
    @Nullable StreamEvent read(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        StreamEvent event = event();
        if (event == null) {
            spelling = spelling == COMPACT ? SPACED : COMPACT;
            at = from;
            event = event();
        }
        return event;
    }

    /** Where the frame ends that was read last. */
    int behind() {
        return at;
    }

    private @Nullable StreamEvent event() {
        if (!skips(HEAD)) {
            return skips(PING) && ends(1) ? new Ping() : null;
        }
        int index = index();
        Delta delta = index < 0 ? null : delta();
        return delta != null && ends(2) ? new ContentBlockDelta(index, delta) : null;
    }

    /** Up to four digits, without a zero ahead; -1 for anything else. */
    private int index() {
        int first = at;
        int value = 0;
        while (at < end && at - first < MAX_INDEX_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        boolean hasZeroAhead = at - first > 1 && bytes[first] == '0';
        return at == first || hasZeroAhead ? -1 : value;
    }

    private @Nullable Delta delta() {
        for (int kind = TEXT; kind <= SIGNATURE; kind++) {
            if (skips(kind)) {
                String value = string();
                return value == null ? null : delta(kind, value);
            }
        }
        return null;
    }

    private static Delta delta(int kind, String value) {
        return switch (kind) {
            case TEXT -> new TextDelta(value);
            case INPUT -> new InputJsonDelta(value);
            case THINKING -> new ThinkingDelta(value);
            default -> new SignatureDelta(value);
        };
    }

    /** What stands before the next quote. Its escapes are resolved where they are, for the text only gets shorter. */
    private @Nullable String string() {
        int start = at;
        at = endOfPlain(at);
        int length = at - start;
        while (at < end && bytes[at] == '\\') {
            byte resolved = escape();
            if (resolved == 0) {
                return null;
            }
            bytes[start + length++] = resolved;
            int plain = at;
            at = endOfPlain(at);
            System.arraycopy(bytes, plain, bytes, start + length, at - plain);
            length += at - plain;
        }
        if (!skips((byte) '"')) {
            return null;
        }
        String text = new String(bytes, start, length, UTF_8);
        // How many replacements malformed bytes make may depend on their neighbours.
        return text.indexOf('\uFFFD') < 0 ? text : null;
    }

    /** Looks for a quote, a backslash or a control character, eight bytes at a time. */
    private int endOfPlain(int from) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long found = below(word, ' ') | below(word ^ ('"' * ONES), 1) | below(word ^ ('\\' * ONES), 1);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] < 0 || bytes[i] >= ' ')) {
            i++;
        }
        return i;
    }

    /** Sets the high bit of the lowest byte below the limit; of higher bytes it says nothing exact. */
    private static long below(long word, int limit) {
        return (word - limit * ONES) & ~word & HIGH_BITS;
    }

    /** Passes an escape; the answer is what it stands for, 0 for a surprise. */
    private byte escape() {
        byte letter = end - at < 2 ? 0 : bytes[at + 1];
        at += 2;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> 0;
        };
    }

    /** The braces, with spaces around, and the end of the frame. */
    private boolean ends(int braces) {
        for (int i = 0; i < braces; i++) {
            skipSpaces();
            if (!skips((byte) '}')) {
                return false;
            }
        }
        skipSpaces();
        return skips(END);
    }

    private void skipSpaces() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
    }

    private boolean skips(byte expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skips(int part) {
        byte[] expected = spelling[part];
        int behind = at + expected.length;
        if (behind > end || !Arrays.equals(bytes, at, behind, expected, 0, expected.length)) {
            return false;
        }
        at = behind;
        return true;
    }
}
