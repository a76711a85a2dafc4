package io.claudeflux.message;

/**
 * How urgent a request is among those of the same client that wait for their turn. It is not sent; the capacity to ask
 * the API for is {@link ServiceTier}.
 */
public enum Priority {
    /** Ahead of everything that is not, such as somebody who waits at a screen. */
    HIGH,
    /** The default. */
    NORMAL,
    /** When nothing else waits, such as a nightly job. */
    LOW
}
