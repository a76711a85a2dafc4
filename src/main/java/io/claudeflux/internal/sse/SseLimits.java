package io.claudeflux.internal.sse;

/**
 * How much of an event stream may be held in memory at a time.
 *
 * <p>Only what is kept counts: comments and the lines of unknown fields are skipped without buffering and may be of any
 * length.
 *
 * @param maxLineBytes bytes of one line, its name, colon and space included and its line end not
 * @param maxEventBytes bytes of the data of one event, the line feeds between its lines included
 */
public record SseLimits(int maxLineBytes, int maxEventBytes) {

    private static final int DEFAULT_BYTES = 16 << 20;

    /**
     * Checks that both limits let something through.
     *
     * @throws IllegalArgumentException when a limit is zero or negative
     */
    public SseLimits {
        requirePositive("maxLineBytes", maxLineBytes);
        requirePositive("maxEventBytes", maxEventBytes);
    }

    /** Returns the limits that fit the Claude API: 16 MiB each, because the result of a web fetch is a single event. */
    public static SseLimits defaults() {
        return new SseLimits(DEFAULT_BYTES, DEFAULT_BYTES);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0 but was " + value);
        }
    }
}
