package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.claudeflux.config.Limits;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Origin;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/** Everything that was seen coming out of this layer, in each phase. */
class TransportErrorsTests {
    private static final String SERVER_TEXT = "SERVER-TEXT";

    private final TransportErrors errors = new TransportErrors(new HttpSettings(
            URI.create("https://api.example"),
            false,
            Limits.defaults(),
            PoolSettings.of(4),
            TransportHooks.none(),
            (head, body) -> new ConfigurationException("a", "b", null),
            Schedulers.parallel()));
    private final HttpCall call =
            new HttpCall("/v1/messages", Map.of(), new byte[0], new HttpCall.Terms(Timeouts.defaults(), true));

    static Stream<Arguments> table() {
        return Stream.of(
                arguments(new PoolAcquireTimeoutException(Duration.ZERO), "CONNECT", "OTHER", "OTHER"),
                arguments(new PoolShutdownException(), "CLOSED", "OTHER", "OTHER"),
                arguments(new UnknownHostException(SERVER_TEXT), "DNS", "RESET", "RESET"),
                arguments(new ConnectTimeoutException(), "clock CONNECT", "RESET", "RESET"),
                arguments(new SslHandshakeTimeoutException("t"), "clock CONNECT", "TLS", "TLS"),
                arguments(new ConnectException("refused"), "CONNECT", "RESET", "RESET"),
                arguments(new NoRouteToHostException("no route"), "CONNECT", "RESET", "RESET"),
                arguments(new SocketException("reset"), "CONNECT", "RESET", "RESET"),
                arguments(new IOException("reset by peer"), "CONNECT", "RESET", "RESET"),
                arguments(new ClosedChannelException(), "CONNECT", "NO_RESPONSE", "INCOMPLETE cut"),
                arguments(AbortedException.beforeSend(), "CONNECT", "NO_RESPONSE", "INCOMPLETE cut"),
                arguments(PrematureCloseException.TEST_EXCEPTION, "CONNECT", "NO_RESPONSE", "INCOMPLETE cut"),
                arguments(new PrematureChannelClosureException(), "CONNECT", "NO_RESPONSE", "INCOMPLETE cut"),
                arguments(new ProxyConnectException("p"), "PROXY", "RESET", "RESET"),
                arguments(new SSLHandshakeException("h"), "TLS", "TLS", "TLS"),
                arguments(new SSLException("s"), "TLS", "TLS", "TLS"),
                arguments(new CertificateException("c"), "TLS", "TLS", "TLS"),
                arguments(new NotSslRecordException(SERVER_TEXT), "TLS", "TLS", "TLS"),
                arguments(new DecoderException(new SSLException("s")), "TLS", "TLS", "TLS"),
                arguments(
                        new TooLongHttpHeaderException(SERVER_TEXT),
                        "CONNECT",
                        "LIMIT response_headers",
                        "LIMIT response_headers"),
                arguments(new NumberFormatException(SERVER_TEXT), "CONNECT", "MALFORMED_HTTP", "MALFORMED_HTTP"),
                arguments(new IllegalArgumentException(SERVER_TEXT), "CONNECT", "MALFORMED_HTTP", "MALFORMED_HTTP"),
                arguments(new DecoderException(SERVER_TEXT), "CONNECT", "MALFORMED_HTTP", "MALFORMED_HTTP"),
                arguments(ReadTimeoutException.INSTANCE, "CONNECT", "OTHER", "OTHER"),
                arguments(new IllegalStateException(SERVER_TEXT), "CONNECT", "OTHER", "OTHER"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void failureIsTypedByClassAndPhase(Throwable failure, String connecting, String sending, String receiving) {
        assertThat(word(errors.map(failure, Phase.CONNECTING, call))).isEqualTo(connecting);
        assertThat(word(errors.map(failure, Phase.SENDING, call))).isEqualTo(sending);
        assertThat(word(errors.map(failure, Phase.RECEIVING, call))).isEqualTo(receiving);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void messageIsOursAlone(Throwable failure) {
        for (Phase phase : Phase.values()) {
            ClaudeException error = errors.map(failure, phase, call);
            assertThat(error.getMessage()).doesNotContain(SERVER_TEXT).doesNotContain("Exception:");
            assertThat(errors.map(Exceptions.propagate(failure), phase, call).getMessage())
                    .as("wrapped by Reactor")
                    .isEqualTo(error.getMessage());
            assertThat(error.eventsDelivered()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void onlyWhatMayHaveReachedTheServerIsAmbiguous(Throwable failure) {
        assertThat(errors.map(failure, Phase.CONNECTING, call).isAmbiguous()).isFalse();
        ClaudeException sending = errors.map(failure, Phase.SENDING, call);
        assertThat(sending.isAmbiguous())
                .isEqualTo(List.of("NO_RESPONSE", "RESET", "TLS").contains(word(sending)));
        if (sending.isAmbiguous()) {
            assertThat(sending.isRetryable()).isTrue();
        }
        assertThat(errors.map(failure, Phase.RECEIVING, call).isAmbiguous()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void whereItBrokeIsThePhaseAndNotGuessedFromWhatIsKnownOfTheAnswer(Throwable failure) {
        Map<Phase, Origin> origins =
                Map.of(Phase.CONNECTING, Origin.CONNECT, Phase.SENDING, Origin.SEND, Phase.RECEIVING, Origin.STREAM);
        origins.forEach((phase, origin) -> {
            if (errors.map(failure, phase, call) instanceof TransportException error) {
                assertThat(error.origin())
                        .isEqualTo(error.kind() == TransportException.Kind.MALFORMED_HTTP ? Origin.HTTP : origin);
            }
        });
    }

    @Test
    void namesAndCertificatesDoNotPassAndConnectionsDo() {
        assertThat(errors.map(new UnknownHostException("x.invalid"), Phase.CONNECTING, call)
                        .isRetryable())
                .isFalse();
        assertThat(errors.map(new CertificateException("c"), Phase.CONNECTING, call)
                        .isRetryable())
                .isFalse();
        assertThat(errors.map(new ConnectException("refused"), Phase.CONNECTING, call)
                        .isRetryable())
                .isTrue();
        assertThat(errors.map(new ConnectTimeoutException(), Phase.CONNECTING, call)
                        .isRetryable())
                .isTrue();
        assertThat(errors.map(new ClosedChannelException(), Phase.RECEIVING, call)
                        .isRetryable())
                .isTrue();
        assertThat(errors.map(new IOException("reset"), Phase.RECEIVING, call).isRetryable())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void ownExceptionsPassUntouched(Phase phase) {
        ClaudeException own = new ConfigurationException("a", "b", null);
        assertThat(errors.map(own, phase, call)).isSameAs(own);
        assertThat(errors.map(Exceptions.propagate(own), phase, call)).isSameAs(own);
    }

    private static String word(ClaudeException error) {
        if (error instanceof TransportException transport) {
            return transport.kind().name();
        }
        if (error instanceof StreamException stream) {
            return stream.kind() + " " + stream.reason();
        }
        if (error instanceof ClockException clock) {
            return "clock " + clock.clock();
        }
        return error instanceof AdmissionException admission
                ? admission.reason().name()
                : error.toString();
    }

    @Test
    void handshakeThatWasCutPasses() {
        SSLHandshakeException cut =
                new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress");
        assertThat(errors.map(cut, Phase.CONNECTING, call).isRetryable()).isTrue();
    }
}
