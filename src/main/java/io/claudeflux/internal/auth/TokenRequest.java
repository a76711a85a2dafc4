package io.claudeflux.internal.auth;

import io.claudeflux.message.Json;
import java.util.List;
import java.util.Map;

/** A request for an access token. Prints nothing of what it sends. */
public final class TokenRequest {
    /** Where it goes, below the base URL. */
    public static final String PATH = "/v1/oauth/token";

    private static final int PIECE = 8;

    private final Map<String, String> fields;
    private final String betas;
    private final String secret;
    private final boolean isRepeatable;

    private TokenRequest(Map<String, String> fields, String betas, String secret, boolean isRepeatable) {
        this.fields = fields;
        this.betas = betas;
        this.secret = secret;
        this.isRepeatable = isRepeatable;
    }

    /** Trades a statement of an identity provider, any number of times. */
    static TokenRequest federated(Map<String, String> fields, String assertion) {
        return new TokenRequest(fields, "oauth-2025-04-20,oidc-federation-2026-04-01", assertion, true);
    }

    /** Trades a refresh token, which may be good for one time only. */
    static TokenRequest refresh(Map<String, String> fields, String refreshToken) {
        return new TokenRequest(fields, "oauth-2025-04-20", refreshToken, false);
    }

    /**
     * The body.
     *
     * @return a JSON object
     */
    public Json body() {
        return Json.of(fields);
    }

    /**
     * The beta features.
     *
     * @return the value of {@code anthropic-beta}
     */
    public String betas() {
        return betas;
    }

    /**
     * Whether it may be sent a second time where the first may have been served.
     *
     * @return false where that would use up what it trades
     */
    public boolean isRepeatable() {
        return isRepeatable;
    }

    /** Whether a text of the server quotes what was sent to it, or some of it. */
    boolean isQuotedBy(String text) {
        return pieces(secret).stream().anyMatch(text::contains);
    }

    private static List<String> pieces(String secret) {
        int last = Math.max(0, secret.length() - PIECE);
        return java.util.stream.IntStream.rangeClosed(0, last)
                .mapToObj(from -> secret.substring(from, Math.min(secret.length(), from + PIECE)))
                .toList();
    }

    @Override
    public String toString() {
        return "POST " + PATH;
    }
}
