package io.claudeflux.error;

import org.jspecify.annotations.Nullable;

/** No answer came, or it broke on the way: name resolution, connect, TLS, proxy, a reset, bytes that are not HTTP. */
public final class TransportException extends ClaudeException {
    /** What broke. */
    public enum Kind {
        /** The host's name could not be resolved. */
        DNS,
        /** No connection could be made. */
        CONNECT,
        /** The TLS handshake failed: certificate, host name, protocol. */
        TLS,
        /** The proxy refused or failed. */
        PROXY,
        /**
         * The connection ended after the request was sent and before any response; the server may have done the work.
         */
        NO_RESPONSE,
        /** The connection was reset. */
        RESET,
        /** What came back is not HTTP. */
        MALFORMED_HTTP,
        /** Anything else at this layer; the cause says more. */
        OTHER
    }

    /** What broke. */
    private final Kind kind;

    /**
     * A failure of the transport.
     *
     * @param kind what broke
     * @param message a sentence: what happened and what to do next
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    public TransportException(Kind kind, String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause, context);
        this.kind = kind;
    }

    /**
     * What broke.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    @Override
    public Origin origin() {
        return switch (kind) {
            case DNS, CONNECT, TLS, PROXY -> Origin.CONNECT;
            case NO_RESPONSE -> Origin.SEND;
            case RESET, OTHER -> requestId().isPresent() ? Origin.STREAM : Origin.SEND;
            case MALFORMED_HTTP -> Origin.HTTP;
        };
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new TransportException(kind, sentence(), getCause(), context);
    }
}
