package io.claudeflux.internal.http;

/** How far an exchange has got, which decides what a failure means. */
enum Phase {
    /** Nothing of the request was written. */
    CONNECTING,
    /** No connection was there in time. */
    UNCONNECTED,
    /** Some of the request may have been written, and no head of a response has arrived. */
    SENDING,
    /** No head arrived in time, and the connection was closed for it. */
    EXPIRED,
    /** The head has arrived. */
    RECEIVING
}
