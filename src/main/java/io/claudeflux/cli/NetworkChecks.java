package io.claudeflux.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The way to a host, step by step and without the library, so that each step can be told from the next. Each waits 5 s
 * at most.
 */
final class NetworkChecks {
    private static final int LIMIT_MILLIS = 5_000;
    private static final int MOST_ADDRESSES = 4;
    private static final Duration SOON = Duration.ofDays(14);

    private final String host;
    private final int port;
    private final boolean isProxy;

    NetworkChecks(String host, int port, boolean isProxy) {
        this.host = host;
        this.port = port;
        this.isProxy = isProxy;
    }

    Check dns(List<InetAddress> found) {
        long began = System.nanoTime();
        try {
            List<InetAddress> addresses =
                    CompletableFuture.supplyAsync(this::lookUp).get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            found.addAll(addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size())));
        } catch (TimeoutException silent) {
            return Check.fail(
                    "dns",
                    "no answer for " + host + " within 5 s",
                    "The name server does not answer. Check /etc/resolv.conf, the VPN, or the cluster's DNS.");
        } catch (ExecutionException unknown) {
            found.clear();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (found.isEmpty()) {
            return Check.fail(
                    "dns",
                    host + " is not known",
                    isProxy
                            ? "The proxy's name is wrong, or this machine has no network."
                            : "The name is wrong, or this machine has no network or only a proxy to reach it.",
                    check("ANTHROPIC_BASE_URL"));
        }
        String addresses = found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        return Check.ok("dns", host + " is " + addresses + " (" + since(began) + ")");
    }

    private List<InetAddress> lookUp() {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (IOException unknown) {
            return List.of();
        }
    }

    /** Tries one address after the other, as the library does. */
    Check tcp(List<InetAddress> addresses, List<InetAddress> answering) {
        String refusal = "";
        for (InetAddress address : addresses) {
            long began = System.nanoTime();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), LIMIT_MILLIS);
                answering.add(address);
                return Check.ok("tcp", address.getHostAddress() + ":" + port + " (" + since(began) + ")");
            } catch (IOException failure) {
                refusal = describe(failure);
            }
        }
        return Check.fail(
                "tcp",
                "no connection to " + host + ":" + port + ": " + refusal,
                "A firewall is in between, or nothing listens there.",
                check("host and port"));
    }

    private String check(String what) {
        return isProxy
                ? "Check the proxy's host and port."
                : "Check " + what + "; behind a company's proxy try doctor --proxy.";
    }

    private static String describe(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "nothing came back within 5 s";
        }
        if (failure instanceof NoRouteToHostException) {
            return "there is no route";
        }
        return failure instanceof ConnectException
                ? "refused"
                : failure.getClass().getSimpleName();
    }

    Check tls(InetAddress address) {
        long began = System.nanoTime();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), LIMIT_MILLIS);
            plain.setSoTimeout(LIMIT_MILLIS);
            // The other limit is for each read, and a server that drips has many.
            CompletableFuture.delayedExecutor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> close(plain));
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return described(socket.getSession(), since(began));
            }
        } catch (IOException failure) {
            return withoutTls(failure, System.nanoTime() - began);
        }
    }

    private Check withoutTls(IOException failure, long nanos) {
        String seen = "no TLS with " + host + ": ";
        if (failure instanceof SocketTimeoutException || nanos >= TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS)) {
            return Check.fail("tls", seen + "no answer within 5 s", "Is it a port that speaks TLS?");
        }
        if (failure instanceof SSLException) {
            return Check.fail(
                    "tls",
                    seen + failure.getMessage(),
                    "Its certificate is not one that this JVM trusts for this host, or something in between answers.",
                    "If your company looks into TLS, add its authority: keytool -importcert -cacerts, or trustStore(...).");
        }
        return Check.fail(
                "tls",
                seen + "the connection was cut",
                "Something in between, such as a firewall, cuts TLS to this host, or the port does not speak it.");
    }

    private static Check described(SSLSession session, String time) throws SSLException {
        Certificate first = session.getPeerCertificates()[0];
        if (!(first instanceof X509Certificate certificate)) {
            return Check.ok("tls", session.getProtocol() + " (" + time + ")");
        }
        Instant end = certificate.getNotAfter().toInstant();
        String seen = session.getProtocol() + ", certificate issued by "
                + certificate.getIssuerX500Principal().getName() + ", good until " + end + " (" + time + ")";
        return end.isBefore(Instant.now().plus(SOON))
                ? Check.warn("tls", seen, "It ends soon.")
                : Check.ok("tls", seen);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // That is what was wanted.
        }
    }

    private static String since(long began) {
        return Check.millis(Duration.ofNanos(System.nanoTime() - began));
    }
}
