package io.claudeflux.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections are made through. It tunnels TLS and so sees neither keys nor prompts: only the host and
 * port that are asked for, and how much is said.
 *
 * <pre>{@code
 * ClaudeClient.builder().proxy(Proxy.http("proxy.example", 3128).withCredentials(user, password))
 * }</pre>
 *
 * @param type what it speaks
 * @param host its name, looked up at most every 30 s, or its address
 * @param port 1 to 65535
 * @param user who connects; null for a proxy that does not ask
 * @param password the user's; null without a user
 */
public record Proxy(
        Type type,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {
    /** What a proxy speaks. */
    public enum Type {
        /** HTTP, asked to {@code CONNECT}. */
        HTTP,
        /** SOCKS version 5; it resolves names. */
        SOCKS5
    }

    /**
     * Takes values that can be right.
     *
     * @throws IllegalArgumentException if the host or the port cannot be, or only one of user and password is there, or
     *     one of them has a character that would break out of its place; no message shows them
     */
    public Proxy {
        Objects.requireNonNull(type, "type");
        if (host.isEmpty() || !host.chars().allMatch(Proxy::isHostChar)) {
            throw new IllegalArgumentException("the proxy's host must be a name or an address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port must be from 1 to 65535 but was " + port);
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a proxy needs both, user and password, or neither");
        }
        if (user != null && (user.isEmpty() || user.indexOf(':') >= 0 || isBroken(user) || isBroken(password))) {
            throw new IllegalArgumentException(
                    "the proxy's user must not be empty, neither user nor password may have control characters or"
                            + " more than 255 bytes, and the user no colon");
        }
    }

    /**
     * A proxy that speaks HTTP, without credentials.
     *
     * @param host its name or address
     * @param port 1 to 65535
     * @return the proxy
     */
    public static Proxy http(String host, int port) {
        return new Proxy(Type.HTTP, host, port, null, null);
    }

    /**
     * A proxy that speaks SOCKS 5, without credentials.
     *
     * @param host its name or address
     * @param port 1 to 65535
     * @return the proxy
     */
    public static Proxy socks5(String host, int port) {
        return new Proxy(Type.SOCKS5, host, port, null, null);
    }

    /**
     * Reads what environment variables such as {@code HTTPS_PROXY} hold.
     *
     * @param text {@code http://user:password@host:port}, {@code socks5://...}, or without scheme or user; user and
     *     password may be percent-encoded; port 80 or 1080 if none is named
     * @return the proxy
     * @throws IllegalArgumentException if it cannot be read; the message does not show it
     */
    public static Proxy parse(String text) {
        URI url = url(text.strip());
        Type type = switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
            case "http" -> Type.HTTP;
            case "socks5", "socks5h", "socks" -> Type.SOCKS5;
            default ->
                throw new IllegalArgumentException(
                        "a proxy's URL must begin with http:// or socks5://; TLS to the proxy is not supported");
        };
        if (url.getHost() == null) {
            throw new IllegalArgumentException("a proxy's URL must name a host, as in http://proxy.example:3128");
        }
        int port = url.getPort() >= 0 ? url.getPort() : type == Type.HTTP ? 80 : 1080;
        Proxy proxy = new Proxy(type, bare(url.getHost()), port, null, null);
        String login = url.getRawUserInfo();
        if (login == null) {
            return proxy;
        }
        int colon = login.indexOf(':');
        return colon < 0
                ? proxy.withCredentials(decoded(login), "")
                : proxy.withCredentials(decoded(login.substring(0, colon)), decoded(login.substring(colon + 1)));
    }

    /**
     * The same proxy for a user: HTTP Basic, or SOCKS 5 user and password. They go to the proxy in clear text.
     *
     * @param user who connects
     * @param password the user's
     * @return a copy
     */
    public Proxy withCredentials(String user, String password) {
        return new Proxy(type, host, port, user, password);
    }

    private static URI url(String text) {
        try {
            return new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException malformed) {
            // The exception quotes the text, which may hold a password.
            throw new IllegalArgumentException(
                    "a proxy's URL breaks off at index " + malformed.getIndex() + "; percent-encode what is special");
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Not by the URL decoder, which would make a blank of a plus sign. */
    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isHostChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ".-_:%".indexOf(c) >= 0;
    }

    private static boolean isBroken(@Nullable String text) {
        return text == null
                || text.getBytes(StandardCharsets.UTF_8).length > 255
                || text.chars().anyMatch(Character::isISOControl);
    }

    /** Without the password, and without the user. */
    @Override
    public String toString() {
        return "Proxy[" + type + " " + host + ":" + port + (user == null ? "" : ", with credentials") + "]";
    }
}
