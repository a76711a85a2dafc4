package io.claudeflux;

import io.claudeflux.config.Proxy;
import io.claudeflux.error.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The proxy that the environment names, for clients that were told to ask there. */
final class ProxyEnvironment {
    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
    private static final List<String> EXCEPTIONS = List.of("NO_PROXY", "no_proxy");

    private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");
    /** A leading dot or star, and a port, though not the end of a bare IPv6 address; then that one's brackets. */
    private static final Pattern ORNAMENTS = Pattern.compile("^\\*?\\.|(?<=^[^:]{1,255}|]):\\d+$");

    private static final Pattern BRACKETS = Pattern.compile("^\\[|]$");

    private ProxyEnvironment() {}

    /**
     * The proxy for a host; null if none is named, or the host is one of those that are reached without, as all are
     * that speak plain HTTP: {@code HTTPS_PROXY} is not meant for them, and any proxy could read along.
     */
    static @Nullable Proxy of(UnaryOperator<@Nullable String> environment, URI baseUrl) {
        if (baseUrl.getScheme().equals("http")) {
            return null;
        }
        for (String name : EXCEPTIONS) {
            String hosts = environment.apply(name);
            if (hosts != null && isListed(baseUrl.getHost(), hosts)) {
                return null;
            }
        }
        for (String name : PROXIES) {
            String url = environment.apply(name);
            if (url != null && !url.isBlank()) {
                return parsed(name, url);
            }
        }
        return null;
    }

    private static Proxy parsed(String name, String url) {
        try {
            return Proxy.parse(url);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("proxy", name + " cannot be read: " + malformed.getMessage(), null);
        }
    }

    /** By whole names, with all their subdomains, with or without a leading dot; a star stands for every host. */
    private static boolean isListed(String host, String hosts) {
        String wanted = bare(host.toLowerCase(Locale.ROOT));
        return SEPARATORS
                .splitAsStream(hosts.toLowerCase(Locale.ROOT))
                .map(entry -> bare(ORNAMENTS.matcher(entry).replaceAll("")))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*") || wanted.equals(name) || isSubdomain(wanted, name));
    }

    private static String bare(String host) {
        return BRACKETS.matcher(host).replaceAll("");
    }

    private static boolean isSubdomain(String host, String domain) {
        boolean isAddress = host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
        return !isAddress && host.endsWith("." + domain);
    }
}
