package io.claudeflux.speed.answer;

import java.util.Locale;

/**
 * Says which answer a request is for. It is the first segment of the request's path, so that every client can be told
 * by its base URL.
 *
 * @param kind what the events are
 * @param events how many deltas and pings an answer has
 * @param perChunk how many of them are in one HTTP chunk, which is one write to the socket
 * @param bytes how large one event is, for {@link Kind#SIZED}, else 0
 * @param rate how many writes there are in a second; 0 for as many as the connection takes
 */
public record AnswerName(Kind kind, int events, int perChunk, int bytes, int rate) {
    /** What the events of an answer are. */
    public enum Kind {
        /** Text of about 20 characters. */
        TEXT,
        /** A block of thinking, one of text and one of a tool's input, and pings. */
        MIXED,
        /** Text of one size, in HTTP chunks of about 64 KiB whatever the size is. */
        SIZED,
        /** Text that says when it was written, so many events in a second. */
        PACED,
        /** The head at once, then a pause, then one event that says when it was written. */
        FIRST;

        /** Whether the events say when they were written. */
        public boolean isStamped() {
            return this == PACED || this == FIRST;
        }
    }

    public static AnswerName text(int events, int perChunk) {
        return new AnswerName(Kind.TEXT, events, perChunk, 0, 0);
    }

    /** The same with so many chunks a second and no more, so that each arrives by itself. */
    public AnswerName at(int chunksPerSecond) {
        return new AnswerName(kind, events, perChunk, bytes, chunksPerSecond);
    }

    public static AnswerName mixed(int events, int perChunk) {
        return new AnswerName(Kind.MIXED, events, perChunk, 0, 0);
    }

    public static AnswerName sized(int events, int bytes) {
        return new AnswerName(Kind.SIZED, events, 1, bytes, 0);
    }

    public static AnswerName paced(int events, int rate) {
        return new AnswerName(Kind.PACED, events, 1, 0, rate);
    }

    public static AnswerName first() {
        return new AnswerName(Kind.FIRST, 1, 1, 0, 0);
    }

    /** Reads what {@link #toString} wrote. */
    public static AnswerName parse(String name) {
        String[] parts = name.split("-", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("No such answer: " + name);
        }
        return new AnswerName(
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + events + "-" + perChunk + "-" + bytes + "-" + rate;
    }
}
