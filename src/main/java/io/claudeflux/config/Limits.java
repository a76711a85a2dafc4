package io.claudeflux.config;

/**
 * The most a client takes from a server, and the most it sends. Whatever exceeds a limit ends in a typed error and a
 * closed connection, never in a full heap.
 *
 * <p>Copies with one value changed are made with the {@code withX} methods.
 *
 * @param maxLineBytes one line of an event stream; 16 MiB by default, since the result of a web fetch arrives as one
 *     line
 * @param maxEventBytes one event of a stream; 16 MiB by default
 * @param maxErrorBodyBytes the body of an error response; 256 KiB by default, the rest is not read
 * @param maxResponseHeaderBytes the head of a response; 32 KiB by default
 * @param maxRequestBytes a request's body, checked before anything is sent; 32,000,000 by default, the API's own limit
 * @param maxPartialChars the characters of content kept while a stream runs, for the partial message of an error; 1 Mi
 *     by default, 0 keeps none
 */
public record Limits(
        int maxLineBytes,
        int maxEventBytes,
        int maxErrorBodyBytes,
        int maxResponseHeaderBytes,
        int maxRequestBytes,
        int maxPartialChars) {
    private static final Limits DEFAULTS =
            new Limits(16 << 20, 16 << 20, 256 << 10, 32 << 10, Endpoint.MESSAGES.maxBodyBytes(), 1 << 20);

    /**
     * Takes limits that make sense.
     *
     * @throws IllegalArgumentException if a limit is not positive; {@code maxPartialChars} may be 0
     */
    public Limits {
        positive("maxLineBytes", maxLineBytes);
        positive("maxEventBytes", maxEventBytes);
        positive("maxErrorBodyBytes", maxErrorBodyBytes);
        positive("maxResponseHeaderBytes", maxResponseHeaderBytes);
        positive("maxRequestBytes", maxRequestBytes);
        if (maxPartialChars < 0) {
            throw new IllegalArgumentException("maxPartialChars must be >= 0 but was " + maxPartialChars);
        }
    }

    /**
     * The defaults named at each value.
     *
     * @return the default limits
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /**
     * Changes the limit of one line and of one event.
     *
     * @param bytes the new limit of both
     * @return a copy
     */
    public Limits withMaxEventBytes(int bytes) {
        return new Limits(bytes, bytes, maxErrorBodyBytes, maxResponseHeaderBytes, maxRequestBytes, maxPartialChars);
    }

    /**
     * Changes the limit of an error body.
     *
     * @param bytes the new limit
     * @return a copy
     */
    public Limits withMaxErrorBodyBytes(int bytes) {
        return new Limits(maxLineBytes, maxEventBytes, bytes, maxResponseHeaderBytes, maxRequestBytes, maxPartialChars);
    }

    /**
     * Changes the limit of a response's head.
     *
     * @param bytes the new limit
     * @return a copy
     */
    public Limits withMaxResponseHeaderBytes(int bytes) {
        return new Limits(maxLineBytes, maxEventBytes, maxErrorBodyBytes, bytes, maxRequestBytes, maxPartialChars);
    }

    /**
     * Changes the limit of a request's body.
     *
     * @param bytes the new limit
     * @return a copy
     */
    public Limits withMaxRequestBytes(int bytes) {
        return new Limits(
                maxLineBytes, maxEventBytes, maxErrorBodyBytes, maxResponseHeaderBytes, bytes, maxPartialChars);
    }

    /**
     * Changes how much content is kept for the partial message of an error.
     *
     * @param chars the new limit; 0 keeps none
     * @return a copy
     */
    public Limits withMaxPartialChars(int chars) {
        return new Limits(
                maxLineBytes, maxEventBytes, maxErrorBodyBytes, maxResponseHeaderBytes, maxRequestBytes, chars);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0 but was " + value);
        }
    }
}
