package io.claudeflux.internal.sse;

import static io.claudeflux.internal.sse.LineEnds.CR;
import static io.claudeflux.internal.sse.LineEnds.LF;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An incremental decoder of one event stream, exact to the WHATWG HTML standard ("interpreting an event stream").
 *
 * <p>The result does not depend on where the stream is cut into buffers. Lines end with LF, CR or CRLF; a byte order
 * mark at the very start is dropped; malformed UTF-8 becomes U+FFFD and never an error (how many of them one ill-formed
 * sequence makes is the choice of the JDK). Every byte is looked at and copied a few times at most, once for the offer
 * of its frame and once for the decoding, so the time is linear in the bytes fed, at any chunking. Comments and unknown
 * fields are skipped without being buffered.
 *
 * <p>A decoder serves one body, and one thread at a time.
 */
public final class SseDecoder {

    private static final int FIRST_DATA_BYTES = 512;
    private static final int FIRST_VALUE_BYTES = 32;
    private static final int FIRST_AHEAD_BYTES = 256;

    /**
     * A frame of the first length is seen whole if it is in the buffer; the second is the most that is copied ahead.
     */
    private static final int LEAST_AHEAD = 512;

    private static final int MOST_AHEAD = 4 << 10;

    private static final byte FIRST_OF_EVENT = 'e';
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** The name of the line so far, one byte of the long per character, behind a 1 that keeps leading NULs apart. */
    private static final long NO_NAME = 1;

    private static final long LONGEST_NAME = 1L << (Byte.SIZE * 5);
    private static final long DATA = packed("data");
    private static final long EVENT = packed("event");
    private static final long ID = packed("id");
    private static final long RETRY = packed("retry");

    private final SseLimits limits;
    private final ByteAccumulator data = new ByteAccumulator(FIRST_DATA_BYTES);
    private final ByteAccumulator value = new ByteAccumulator(FIRST_VALUE_BYTES);

    /** A copy of the bytes {@code [aheadFrom, aheadEnd)} of the buffer that is being fed. */
    private byte[] ahead = {};

    private int aheadFrom;
    private int aheadEnd;

    private Part part = Part.BYTE_ORDER_MARK;
    private int markBytes;
    private boolean afterCr;
    private long name = NO_NAME;
    private int lineBytes;

    private boolean hasData;
    private String event = "";
    private String id = "";
    private @Nullable Duration retry;

    /** Where in a line the next byte belongs. */
    private enum Part {
        BYTE_ORDER_MARK,
        NAME,
        SPACE,
        VALUE,
        SKIPPED
    }

    /** Creates a decoder that has seen nothing yet. */
    public SseDecoder(SseLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes all readable bytes and hands over each frame that they complete.
     *
     * <p>The bytes are only read: the caller owns the buffer before and after, and nothing keeps it. Frames completed
     * ahead of a fault in the same buffer have been handed over when it is thrown.
     *
     * @throws SseLimitException when a line or an event passes its limit; the decoder is of no use afterwards
     */
    public void feed(ByteBuf bytes, FrameSink out) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        bytes.readerIndex(end);
        aheadEnd = 0; // nothing of it is copied yet
        while (at < end) {
            at = read(bytes, at, out);
        }
    }

    private int read(ByteBuf bytes, int at, FrameSink out) {
        if (part == Part.NAME) {
            return readFrameOrName(bytes, at, out);
        }
        if (part == Part.SPACE) {
            return readSpace(bytes, at);
        }
        return part == Part.BYTE_ORDER_MARK ? readMark(bytes, at) : readRest(bytes, at, out);
    }

    /**
     * Ends the stream and returns the event that the body broke off in, or null when it ended between two events.
     *
     * <p>A line without its end counts as a line, and a block without its blank line as a block. The standard discards
     * such an event; some proxies eat the last blank line of a good one, so the caller is given the choice.
     *
     * @throws SseLimitException when the last line passes a limit
     */
    public @Nullable SseFrame end() {
        endField();
        return takeFrame();
    }

    /** Returns the time of the last valid {@code retry} line, which must be digits only. */
    public Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    /** Returns the bytes of memory that the buffers occupy at the moment. */
    int bufferCapacity() {
        return data.capacity() + value.capacity() + ahead.length;
    }

    private int readMark(ByteBuf bytes, int at) {
        if (bytes.getByte(at) == BYTE_ORDER_MARK[markBytes]) {
            markBytes++;
            if (markBytes == BYTE_ORDER_MARK.length) {
                part = Part.NAME;
            }
            return at + 1;
        }
        // A broken mark is text, and no field name begins with it.
        part = markBytes == 0 ? Part.NAME : Part.SKIPPED;
        return at;
    }

    private int readFrameOrName(ByteBuf bytes, int at, FrameSink out) {
        boolean isBetweenFrames = name == NO_NAME && !hasData && event.isEmpty();
        int behind = isBetweenFrames && seesEvent(bytes, at) ? offer(at, out) : at;
        return behind > at ? behind : readName(bytes, at, out);
    }

    /** Whether a line begins here that may name an event; then what follows it is seen, too. */
    private boolean seesEvent(ByteBuf bytes, int at) {
        int end = bytes.writerIndex();
        if (aheadEnd == end || at <= aheadEnd - LEAST_AHEAD) {
            return ahead[at - aheadFrom] == FIRST_OF_EVENT;
        }
        if (bytes.getByte(at) != FIRST_OF_EVENT) {
            return false;
        }
        lookAhead(bytes, at, Math.min(end - at, MOST_AHEAD));
        return true;
    }

    /** Offers a frame before it is decoded, since the consumer may know a shorter way. */
    private int offer(int at, FrameSink out) {
        // What is as a whole no longer than a line and an event may be keeps both limits.
        int longest = Math.min(limits.maxLineBytes(), limits.maxEventBytes());
        int from = at - aheadFrom;
        int taken = out.take(ahead, from, Math.min(aheadEnd - at, longest) + from) - from;
        if (taken > 0) {
            afterCr = false;
        }
        return at + taken;
    }

    /** Copies many frames at once: reading bytes one by one out of a buffer of Netty's costs several times as much. */
    private void lookAhead(ByteBuf bytes, int at, int length) {
        if (length > ahead.length) {
            ahead = new byte[Math.max(FIRST_AHEAD_BYTES, Integer.highestOneBit(length - 1) << 1)];
        }
        bytes.getBytes(at, ahead, 0, length);
        aheadFrom = at;
        aheadEnd = at + length;
    }

    private int readName(ByteBuf bytes, int from, FrameSink out) {
        int end = bytes.writerIndex();
        for (int at = from; at < end; at++) {
            byte b = bytes.getByte(at);
            boolean isSecondHalf = afterCr && b == LF;
            afterCr = false;
            if (isSecondHalf) {
                continue;
            }
            if (b == ':') {
                beginValue();
                return at + 1;
            }
            if (b == LF || b == CR) {
                endLine(b, out);
                return at + 1;
            }
            if (name >= LONGEST_NAME) {
                part = Part.SKIPPED;
                return at + 1;
            }
            name = name << Byte.SIZE | Byte.toUnsignedLong(b);
        }
        return end;
    }

    private void beginValue() {
        if (isKnownField()) {
            beginField(nameBytes() + 1);
            part = Part.SPACE;
        } else {
            part = Part.SKIPPED;
        }
    }

    private int readSpace(ByteBuf bytes, int at) {
        part = Part.VALUE;
        if (bytes.getByte(at) == ' ') {
            claimLine(1);
            return at + 1;
        }
        return at;
    }

    private int readRest(ByteBuf bytes, int from, FrameSink out) {
        int end = bytes.writerIndex();
        int lineEnd = LineEnds.indexIn(bytes, from, end);
        if (part == Part.VALUE && lineEnd > from) {
            append(bytes, from, lineEnd - from);
        }
        if (lineEnd == end) {
            return end;
        }
        endLine(bytes.getByte(lineEnd), out);
        return lineEnd + 1;
    }

    private void endLine(byte terminator, FrameSink out) {
        boolean isBlank = part == Part.NAME && name == NO_NAME;
        endField();
        afterCr = terminator == CR;
        part = Part.NAME;
        name = NO_NAME;
        if (isBlank) {
            SseFrame frame = takeFrame();
            if (frame != null) {
                out.accept(frame);
            }
        }
    }

    private void beginField(int bytesSoFar) {
        lineBytes = 0;
        claimLine(bytesSoFar);
        if (name != DATA) {
            value.clear();
        } else if (hasData) {
            claimEvent(1);
            data.append(LF);
        } else {
            hasData = true;
        }
    }

    private void append(ByteBuf bytes, int from, int length) {
        boolean isData = name == DATA;
        // Which limit is reported must not depend on the chunking: it is the one that has less room left.
        if (isData && limits.maxEventBytes() - data.size() < limits.maxLineBytes() - lineBytes) {
            claimEvent(length);
        }
        claimLine(length);
        (isData ? data : value).append(bytes, from, length);
    }

    private void endField() {
        if (part == Part.NAME && isKnownField()) {
            beginField(nameBytes());
        } else if (part != Part.SPACE && part != Part.VALUE) {
            return;
        }
        if (name == EVENT) {
            event = value.takeString();
        } else if (name == ID && !value.holds((byte) 0)) {
            id = value.takeString();
        } else if (name == RETRY) {
            readRetry();
        }
        value.clear();
    }

    private void readRetry() {
        long millis = 0;
        for (int i = 0; i < value.size(); i++) {
            int digit = value.byteAt(i) - '0';
            if (digit < 0 || digit > 9 || millis > (Long.MAX_VALUE - digit) / 10) {
                return;
            }
            millis = millis * 10 + digit;
        }
        if (value.size() > 0) {
            retry = Duration.ofMillis(millis);
        }
    }

    private @Nullable SseFrame takeFrame() {
        String type = event;
        event = "";
        if (!hasData) {
            return null;
        }
        hasData = false;
        return new SseFrame(type, data.takeString(), id);
    }

    private void claimLine(int length) {
        if (length > limits.maxLineBytes() - lineBytes) {
            throw new SseLimitException("line", limits.maxLineBytes());
        }
        lineBytes += length;
    }

    private void claimEvent(int length) {
        if (length > limits.maxEventBytes() - data.size()) {
            throw new SseLimitException("event", limits.maxEventBytes());
        }
    }

    private boolean isKnownField() {
        return name == DATA || name == EVENT || name == ID || name == RETRY;
    }

    private int nameBytes() {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(name)) / Byte.SIZE;
    }

    private static long packed(String name) {
        long packed = NO_NAME;
        for (int i = 0; i < name.length(); i++) {
            packed = packed << Byte.SIZE | name.charAt(i);
        }
        return packed;
    }
}
