package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where requests may go: HTTPS anywhere, plain HTTP only to this machine unless it was allowed. */
public final class BaseUrl {
    private static final String SETTING = "baseUrl";
    /** That what is in brackets is an IPv6 address has been seen by the URI's own parser. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[[0:]+:0{0,3}1]");

    private BaseUrl() {}

    /**
     * Reads a base URL.
     *
     * @param text such as {@code https://api.anthropic.com} or {@code https://gateway.example/claude}
     * @param allowPlaintext whether {@code http} to another machine is wanted
     * @return the URL, its scheme in lower case and without a slash at its end
     * @throws ConfigurationException if requests cannot or must not go there
     */
    public static URI parse(String text, boolean allowPlaintext) {
        URI url = syntax(text);
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("must begin with https:// (or http:// for this machine)");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            throw invalid("has no host");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw invalid("has a port that cannot be; ports are 1 to 65535");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw invalid("must not hold a user, a query or a fragment; set the key with apiKey(...)");
        }
        if (scheme.equals("http") && !allowPlaintext && !isLoopback(url.getHost())) {
            throw invalid("would send the key in clear text to another machine: use https, or allowPlaintext(true)");
        }
        // Its scheme in lower case: everybody else compares it as it is.
        String rest = text.strip().substring(scheme.length()).replaceAll("/+$", "");
        return URI.create(URI.create(scheme + rest).toASCIIString());
    }

    private static URI syntax(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException malformed) {
            // The exception quotes the URL, which may hold a secret that was pasted into it.
            throw invalid("is not a URL; it breaks off at index " + malformed.getIndex());
        }
    }

    /** Judged by the text alone: a look-up could block, and answer differently the next time. */
    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static ConfigurationException invalid(String problem) {
        return new ConfigurationException(SETTING, SETTING + " " + problem, null);
    }
}
