package io.claudeflux.config;

/** What counts as the end of a stream. */
public enum Terminal {
    /** Only {@code message_stop}. The default, and what the Claude API always sends. */
    STRICT,

    /**
     * Also a body that ends cleanly behind a {@code message_delta} with a stop reason, for gateways that drop
     * {@code message_stop}.
     */
    LENIENT
}
