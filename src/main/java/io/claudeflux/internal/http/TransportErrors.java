package io.claudeflux.internal.http;

import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.error.TransportException.Fault;
import io.claudeflux.error.TransportException.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/**
 * Everything this layer can throw, as an exception of this library. The classes have no base in common, so what they
 * mean is decided by class and by how far the exchange had got.
 *
 * <p>Messages are ours: those of HTTP decoders quote what the server sent.
 */
final class TransportErrors {
    private final HttpSettings settings;

    TransportErrors(HttpSettings settings) {
        this.settings = settings;
    }

    ClaudeException map(Throwable error, Phase phase, HttpCall call) {
        Throwable cause = Exceptions.unwrap(error);
        if (cause instanceof ClaudeException known) {
            return known;
        }
        if (phase == Phase.CONNECTING) {
            return connecting(cause, call);
        }
        if (phase == Phase.UNCONNECTED) {
            return unconnected(call, cause);
        }
        if (phase == Phase.SENDING) {
            return sending(cause);
        }
        return phase == Phase.EXPIRED ? expired(call) : receiving(cause);
    }

    /** No connection in time. */
    static ClockException unconnected(HttpCall call, @Nullable Throwable cause) {
        return new ClockException(
                ClockException.Clock.CONNECT, call.timeouts().connect(), cause, FailureContext.attempted(true));
    }

    /** No response in time; the server may be at work all the same. */
    ClockException expired(HttpCall call) {
        return new ClockException(
                ClockException.Clock.FIRST_BYTE,
                call.timeouts().firstByteOf(call.body().length),
                null,
                FailureContext.attempted(true).asAmbiguous());
    }

    /** The whole exchange took too long. */
    static ClockException overdue(HttpCall call) {
        boolean isUnanswered = call.isUnanswered();
        FailureContext context = FailureContext.attempted(true);
        return new ClockException(
                ClockException.Clock.TOTAL,
                call.timeouts().total(),
                null,
                isUnanswered ? context.asAmbiguous() : context);
    }

    private ClaudeException connecting(Throwable cause, HttpCall call) {
        if (cause instanceof PoolShutdownException) {
            return closed(cause, Phase.CONNECTING);
        }
        ProxyFaults proxy = ProxyFaults.of(cause, Tunnel.name(settings), host());
        if (proxy != null) {
            // Without the cause, whose message is in part the proxy's.
            return transport(new Fault(Kind.PROXY, Origin.CONNECT), proxy.sentence(), null, proxy.isPassing());
        }
        if (cause instanceof UnknownHostException) {
            return transport(
                    new Fault(Kind.DNS, Origin.CONNECT),
                    "the name of " + host() + " cannot be resolved; check baseUrl and the network",
                    cause,
                    // A name server that does not answer may answer the next time; that there is no such name is an
                    // answer.
                    cause.getCause() instanceof DnsNameResolverTimeoutException);
        }
        if (isTimeout(cause)) {
            return unconnected(call, cause);
        }
        if (isTls(cause)) {
            return transport(
                    new Fault(Kind.TLS, Origin.CONNECT),
                    TlsFaults.sentence(host(), cause),
                    isNoTls(cause) ? null : cause,
                    isCutHandshake(cause));
        }
        return transport(
                new Fault(Kind.CONNECT, Origin.CONNECT),
                "no connection to " + host() + "; check baseUrl and the network",
                cause,
                true);
    }

    private ClaudeException sending(Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            return tooLongHead(cause);
        }
        if (isTls(cause)) {
            return ambiguous(
                    new Fault(Kind.TLS, Origin.SEND),
                    "the TLS connection to " + host()
                            + " broke before an answer came; the server may have done the work all the same",
                    cause);
        }
        if (isClosed(cause)) {
            return ambiguous(
                    new Fault(Kind.NO_RESPONSE, Origin.SEND),
                    host() + " closed the connection without an answer; it may have done the work all the same",
                    cause);
        }
        if (cause instanceof IOException) {
            return ambiguous(
                    new Fault(Kind.RESET, Origin.SEND),
                    "the connection to " + host()
                            + " was reset before an answer came; the server may have done the work all the same",
                    cause);
        }
        return malformed(cause, Origin.SEND);
    }

    private ClaudeException receiving(Throwable cause) {
        if (isClosed(cause)) {
            return new StreamException(
                    StreamException.Fault.of(StreamException.Kind.INCOMPLETE, "cut"),
                    "the connection closed before the answer was whole; what arrived is in partial()",
                    cause,
                    FailureContext.attempted(true));
        }
        if (isTls(cause)) {
            return transport(
                    new Fault(Kind.TLS, Origin.STREAM), "the TLS connection to " + host() + " broke", cause, true);
        }
        if (cause instanceof IOException) {
            return transport(
                    new Fault(Kind.RESET, Origin.STREAM),
                    "the connection to " + host()
                            + " was reset before the answer was whole; what arrived is in partial()",
                    cause,
                    true);
        }
        if (cause instanceof TooLongFrameException) {
            return tooLongHead(cause);
        }
        return malformed(cause, Origin.STREAM);
    }

    static AdmissionException closed(@Nullable Throwable cause, Phase phase) {
        boolean isUnanswered = phase == Phase.SENDING || phase == Phase.EXPIRED;
        FailureContext context = FailureContext.local();
        return new AdmissionException(
                AdmissionException.Reason.CLOSED,
                "the client is closed",
                cause,
                isUnanswered ? context.asAmbiguous() : context);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof ConnectTimeoutException || cause instanceof SslHandshakeTimeoutException;
    }

    static boolean isClosed(Throwable cause) {
        return cause instanceof PrematureCloseException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof ClosedChannelException
                || cause instanceof AbortedException;
    }

    /** Failures of the handshake arrive wrapped by the decoder as well as plain. */
    private static boolean isTls(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof GeneralSecurityException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    }

    /** Whose message is what the server sent. */
    private static boolean isNoTls(Throwable cause) {
        return cause instanceof NotSslRecordException || cause.getCause() instanceof NotSslRecordException;
    }

    /** A connection that closed in the handshake may open the next time; a certificate stays what it is. */
    private static boolean isCutHandshake(Throwable cause) {
        boolean isReset = cause.getCause() instanceof IOException && !(cause.getCause() instanceof SSLException);
        return isReset || String.valueOf(cause.getMessage()).startsWith("Connection closed while SSL/TLS handshake");
    }

    private StreamException tooLongHead(Throwable cause) {
        return new StreamException(
                StreamException.Fault.of(StreamException.Kind.LIMIT, "response_headers"),
                "the head of the response exceeds " + settings.limits().maxResponseHeaderBytes() + " bytes",
                cause,
                FailureContext.attempted(false));
    }

    /** Without the cause, whose message may be text of the server; its class is enough to find the spot. */
    private TransportException malformed(Throwable cause, Origin origin) {
        boolean isHttp = cause instanceof IllegalArgumentException || cause instanceof DecoderException;
        String what = isHttp ? " sent something that is not HTTP" : ": the exchange failed";
        return transport(
                isHttp ? new Fault(Kind.MALFORMED_HTTP, Origin.HTTP) : new Fault(Kind.OTHER, origin),
                host() + what + " (" + cause.getClass().getSimpleName() + "); check that baseUrl leads to the API",
                null,
                origin == Origin.STREAM);
    }

    private static TransportException transport(
            Fault fault, String message, @Nullable Throwable cause, boolean retryable) {
        return new TransportException(fault, message, cause, FailureContext.attempted(retryable));
    }

    private static TransportException ambiguous(Fault fault, String message, Throwable cause) {
        return new TransportException(
                fault, message, cause, FailureContext.attempted(true).asAmbiguous());
    }

    private String host() {
        return settings.baseUrl().getHost();
    }
}
