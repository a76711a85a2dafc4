package io.claudeflux;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.http.HeaderRules;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The headers that the requests of a client carry, but for the key. */
final class RequestHeaders {
    static final String BETA = "anthropic-beta";

    static final String USER_AGENT = "claude-flux/" + version();

    /** Headers that decide how the message is framed on the wire; a wrong one could smuggle a second request. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "expect",
            "content-encoding",
            "accept-encoding",
            "content-type",
            "accept");

    /** What a listener must not add: who asks. */
    private static final Set<String> SECRET = Set.of("x-api-key", "authorization", "proxy-authorization", "cookie");

    private final ApiVersion version;
    private final Map<String, String> common;
    private final List<String> betas;

    RequestHeaders(ApiVersion version, Map<String, String> common, List<String> betas) {
        HeaderRules.token("anthropic-version", version.value());
        this.version = version;
        this.common = checked(common);
        this.betas = List.copyOf(betas);
        betas.forEach(beta -> HeaderRules.token(BETA, beta));
    }

    /** Those of a request with a body of JSON, with what it brings itself. */
    Map<String, String> ofPost(String accept, Map<String, String> own, List<String> ownBetas) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", accept);
        return rest(headers, own, ownBetas);
    }

    /** Those of a request without a body. */
    Map<String, String> ofGet() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", "application/json");
        return rest(headers, Map.of(), List.of());
    }

    private Map<String, String> rest(Map<String, String> headers, Map<String, String> own, List<String> ownBetas) {
        headers.put("accept-encoding", "identity");
        headers.put("user-agent", USER_AGENT);
        headers.put("anthropic-version", version.value());
        headers.putAll(common);
        headers.putAll(checked(own));
        String all = joined(ownBetas, headers.get(BETA));
        if (!all.isEmpty()) {
            headers.put(BETA, HeaderRules.value(BETA, all));
        }
        return headers;
    }

    /** Joined by commas without blanks, each once, as the API wants them. */
    private String joined(List<String> ownBetas, @Nullable String header) {
        Set<String> all = named(header);
        all.addAll(betas);
        ownBetas.forEach(beta -> all.add(HeaderRules.token(BETA, beta)));
        return String.join(",", all);
    }

    static Set<String> named(@Nullable String header) {
        Set<String> named = new LinkedHashSet<>(header == null ? List.of() : List.of(header.split("\\s*,\\s*", -1)));
        named.remove("");
        return named;
    }

    static Map<String, String> checked(Map<String, String> headers) {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = HeaderRules.name(name).toLowerCase(Locale.ROOT);
            if (RESERVED.contains(lower)) {
                throw new ConfigurationException(
                        "header", "header " + lower + " is set by the client and cannot be changed", null);
            }
            checked.put(lower, HeaderRules.value(lower, value));
        });
        return checked;
    }

    /** One that a listener adds: checked like all others, and nothing that says who asks, or what is wanted. */
    static Map<String, String> added(String name, String value) {
        Map<String, String> checked = checked(Map.of(name, value));
        String lower = checked.keySet().iterator().next();
        if (SECRET.contains(lower) || lower.startsWith("anthropic-")) {
            throw new ConfigurationException("header", "header " + lower + " cannot come from a listener", null);
        }
        return checked;
    }

    private static String version() {
        String version = RequestHeaders.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Without the values, any of which may be a secret. */
    @Override
    public String toString() {
        return "RequestHeaders[" + common.keySet() + ", betas=" + betas + "]";
    }
}
