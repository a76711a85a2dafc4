package io.claudeflux.internal.auth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one attempt shows: headers, of which one holds a secret, and the beta features these need. Prints neither. */
public final class Proof {
    private static final Proof NONE = new Proof(Map.of(), List.of(), null);

    private final Map<String, String> headers;
    private final List<String> betas;
    private final @Nullable AccessToken token;

    private Proof(Map<String, String> headers, List<String> betas, @Nullable AccessToken token) {
        this.headers = headers;
        this.betas = betas;
        this.token = token;
    }

    /**
     * Of an attempt that brings its own.
     *
     * @return no headers, no betas
     */
    public static Proof none() {
        return NONE;
    }

    static Proof of(String header, String value) {
        return new Proof(Map.of(header, value), List.of(), null);
    }

    static Proof of(AccessToken token, Map<String, String> headers, List<String> betas) {
        return new Proof(headers, betas, token);
    }

    /**
     * The headers.
     *
     * @return by name, in lower case
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The beta features.
     *
     * @return their names, for {@code anthropic-beta}
     */
    public List<String> betas() {
        return betas;
    }

    /** Null for a secret that stays what it is. */
    @Nullable AccessToken token() {
        return token;
    }

    @Override
    public String toString() {
        return "Proof";
    }
}
