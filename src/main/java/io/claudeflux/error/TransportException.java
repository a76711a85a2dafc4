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
        /** The TLS handshake failed (certificate, host name, protocol), or what came over the connection was no TLS. */
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

    /** What broke, and how far on the way. */
    private final Fault fault;

    /**
     * A failure of the transport.
     *
     * @param fault what broke, and where
     * @param message a sentence: what happened and what to do next
     * @param cause what was caught, if anything
     * @param context what is known about the call
     */
    public TransportException(Fault fault, String message, @Nullable Throwable cause, FailureContext context) {
        super(message, cause, context);
        this.fault = fault;
    }

    /**
     * What broke, and how far on the way: a reset is another thing before the answer than within it.
     *
     * @param kind what broke
     * @param origin the part of the way: {@code CONNECT}, {@code SEND}, {@code HTTP} or {@code STREAM}
     */
    public record Fault(Kind kind, Origin origin) {}

    /**
     * What broke.
     *
     * @return the kind
     */
    public Kind kind() {
        return fault.kind();
    }

    @Override
    public String label() {
        return label("transport", kind());
    }

    @Override
    public Origin origin() {
        return fault.origin();
    }

    @Override
    ClaudeException copy(FailureContext context) {
        return new TransportException(fault, sentence(), getCause(), context);
    }
}
