package io.claudeflux.internal.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a proxy from connecting. What it said itself Netty tells in the message of an exception and nowhere else;
 * of that only the number is taken, for the rest is the proxy's text.
 *
 * @param sentence what happened and what to do
 * @param isPassing whether it may go better the next time
 */
record ProxyFaults(String sentence, boolean isPassing) {
    private static final Pattern STATUS = Pattern.compile("status: (\\d{3})\\b");
    private static final Pattern LOGIN = Pattern.compile("authStatus|unexpected authMethod");
    private static final String ANY = "the proxy";
    /** What Netty makes of bytes that are no status line. */
    private static final String NO_HTTP = "999";

    /** The fault, if it is the proxy's; the name is null for a proxy that is not known here, or none. */
    static @Nullable ProxyFaults of(Throwable cause, @Nullable String proxy, String host) {
        ProxyConnectException refusal = refusal(cause);
        if (refusal != null) {
            return ofAnswer(proxy == null ? ANY : proxy, host, String.valueOf(refusal.getMessage()));
        }
        if (proxy == null) {
            return null;
        }
        if (cause instanceof UnknownHostException) {
            return new ProxyFaults("the name of " + proxy + " cannot be resolved; check it and the network", true);
        }
        boolean isUnreachable = cause instanceof SocketException && !(cause instanceof ConnectTimeoutException);
        return isUnreachable
                ? new ProxyFaults("no connection to " + proxy + "; check its address and the network", true)
                : null;
    }

    /** Behind a TLS handshake that waits for the tunnel, it comes as the cause of that one's failure. */
    private static @Nullable ProxyConnectException refusal(Throwable fault) {
        if (fault instanceof ProxyConnectException refusal) {
            return refusal;
        }
        return fault.getCause() instanceof ProxyConnectException refusal ? refusal : null;
    }

    private static ProxyFaults ofAnswer(String proxy, String host, String message) {
        Matcher status = STATUS.matcher(message);
        if (status.find() && !status.group(1).equals(NO_HTTP)) {
            return ofStatus(proxy, host, Integer.parseInt(status.group(1)));
        }
        if (LOGIN.matcher(message).find()) {
            return login(proxy, "");
        }
        return new ProxyFaults(proxy + " did not connect to " + host + "; is it a proxy of this type?", true);
    }

    private static ProxyFaults ofStatus(String proxy, String host, int status) {
        return switch (status) {
            case 407 -> login(proxy, " (407)");
            case 401, 403 ->
                new ProxyFaults(
                        proxy + " does not allow connections to " + host + " (" + status + "); ask whoever runs it",
                        false);
            default ->
                new ProxyFaults(
                        proxy + " did not connect to " + host + " (" + status + ")",
                        status >= 500 || status == 408 || status == 429);
        };
    }

    private static ProxyFaults login(String proxy, String status) {
        return new ProxyFaults(
                proxy + " wants another user or password" + status + "; see Proxy.withCredentials", false);
    }
}
