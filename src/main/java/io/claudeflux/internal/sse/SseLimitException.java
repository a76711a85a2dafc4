package io.claudeflux.internal.sse;

/** A line or an event of the stream is longer than {@link SseLimits} allows. It never leaves the internal packages. */
public final class SseLimitException extends RuntimeException {

    private final String what;
    private final int limit;

    SseLimitException(String what, int limit) {
        super("The event stream holds an SSE " + what + " of more than " + limit + " bytes");
        this.what = what;
        this.limit = limit;
    }

    /** Returns what was too long: {@code "line"} or {@code "event"}. */
    public String what() {
        return what;
    }

    /** Returns the limit that was passed, in bytes. */
    public int limit() {
        return limit;
    }
}
