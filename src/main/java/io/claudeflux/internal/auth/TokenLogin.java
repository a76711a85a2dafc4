package io.claudeflux.internal.auth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Access tokens that expire and are fetched again, shown as {@code Authorization: Bearer}. */
final class TokenLogin implements Login {
    private static final List<String> BETAS = List.of("oauth-2025-04-20");

    private final Function<TokenEndpoint, TokenSource.Fetch> fetch;
    private final Origin origin;

    /**
     * A login.
     *
     * @param fetch where the tokens come from
     * @param origin what else is known of it
     */
    TokenLogin(Function<TokenEndpoint, TokenSource.Fetch> fetch, Origin origin) {
        this.fetch = fetch;
        this.origin = origin;
    }

    /**
     * Where a login was described.
     *
     * @param description such as the path of a file
     * @param baseUrl where the API is for it; null if that is left to others
     * @param workspaceId the workspace to name at each request; null if the token says it
     */
    record Origin(
            String description,
            @Nullable String baseUrl,
            @Nullable String workspaceId) {}

    @Override
    public @Nullable String baseUrl() {
        return origin.baseUrl();
    }

    @Override
    public String origin() {
        return origin.description();
    }

    @Override
    public boolean isExchanged() {
        return true;
    }

    @Override
    public Credential open(URI baseUrl, TokenEndpoint endpoint) {
        TokenSource tokens = new TokenSource(fetch.apply(endpoint), endpoint.clock(), endpoint.timer());
        return new Credential() {
            @Override
            public Mono<Proof> proof() {
                return tokens.token().map(TokenLogin.this::proof);
            }

            @Override
            public boolean reject(Proof proof) {
                AccessToken token = proof.token();
                if (token != null) {
                    tokens.reject(token);
                }
                return token != null;
            }
        };
    }

    private Proof proof(AccessToken token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", "Bearer " + token.value());
        if (origin.workspaceId() != null) {
            headers.put("anthropic-workspace-id", origin.workspaceId());
        }
        return Proof.of(token, headers, BETAS);
    }

    @Override
    public String toString() {
        return "tokens of " + origin.description();
    }
}
