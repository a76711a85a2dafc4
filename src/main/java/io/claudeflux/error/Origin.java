package io.claudeflux.error;

/** The part of the way on which a call broke. */
public enum Origin {
    /** A setting, a key or a request that cannot be right; nothing was sent. */
    CONFIG,
    /** The queue ahead of the permits; nothing was sent. */
    ADMISSION,
    /** Name resolution, connect, TLS, proxy; the request was not sent. */
    CONNECT,
    /** The request was being sent or had been, and no response began. */
    SEND,
    /** The response's status, headers or framing. */
    HTTP,
    /** The body of a response that began well, cut or ended by an error event. */
    STREAM,
    /** The body is not what the protocol allows. */
    PROTOCOL,
    /** The server sent more than the client takes, or the request is larger than the server takes. */
    LIMIT,
    /** A time limit. */
    CLOCK,
    /** The answer came whole, and is not the value that was asked for. */
    OUTPUT,
    /** The client was closed. */
    CLOSED,
    /** A run with tools, beyond any single call. */
    TOOLS
}
