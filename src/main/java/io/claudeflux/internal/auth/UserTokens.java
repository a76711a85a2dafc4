package io.claudeflux.internal.auth;

import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.ClaudeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The login of a person: the token in its file as long as it is good, then what its refresh token is traded for, which
 * goes into the file. Whoever else has refreshed it meanwhile is believed.
 */
final class UserTokens implements TokenSource.Fetch {
    private final CredentialsFile file;
    private final @Nullable String clientId;
    private final TokenEndpoint endpoint;
    private volatile @Nullable String given;

    /**
     * A login.
     *
     * @param clientId whose login it is; null if nothing can be refreshed
     */
    UserTokens(CredentialsFile file, @Nullable String clientId, TokenEndpoint endpoint) {
        this.file = file;
        this.clientId = clientId;
        this.endpoint = endpoint;
    }

    @Override
    public Mono<AccessToken> fetch(@Nullable AccessToken refused) {
        String spoiled = refused == null ? null : refused.value();
        return stored().flatMap(stored -> {
                    AccessToken token = stored.access();
                    return token != null && isNew(token, spoiled) ? Mono.just(token) : refreshed(stored, spoiled);
                })
                .doOnNext(token -> given = token.value());
    }

    private Mono<StoredTokens> stored() {
        return SmallFile.aside(() -> file.read(now()));
    }

    /** Good, and not what was handed out before and turned out to be too old, or no good. */
    private boolean isNew(AccessToken token, @Nullable String spoiled) {
        return !token.isSpent(now())
                && !token.value().equals(given)
                && !token.value().equals(spoiled);
    }

    private Mono<AccessToken> refreshed(StoredTokens stored, @Nullable String spoiled) {
        TokenRequest request = request(stored);
        return endpoint.send()
                .apply(request)
                .map(answer -> TokenAnswer.read(answer, now()))
                .onErrorMap(ClaudeException.class, failure -> TokenAnswer.failure(failure, request))
                .flatMap(answer -> kept(stored.with(answer), answer.access()))
                .onErrorResume(AuthenticationException.class, failure -> replaced(spoiled, failure));
    }

    private Mono<AccessToken> kept(StoredTokens tokens, AccessToken access) {
        return SmallFile.aside(() -> {
            file.write(tokens);
            return access;
        });
    }

    /** Somebody else may have used the refresh token up at the same moment, and left its token in the file. */
    private Mono<AccessToken> replaced(@Nullable String spoiled, AuthenticationException failure) {
        return stored().mapNotNull(StoredTokens::access)
                .filter(token -> isNew(token, spoiled))
                .switchIfEmpty(Mono.error(failure));
    }

    private TokenRequest request(StoredTokens stored) {
        String refresh = stored.refresh();
        if (refresh == null || clientId == null) {
            String missing = refresh == null ? "there is no refresh_token" : "its profile has no client_id";
            throw SmallFile.failed(
                    "profile",
                    file.path(),
                    "holds a token that is no longer good, and " + missing + " to fetch another one: log in again");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refresh);
        fields.put("client_id", clientId);
        return TokenRequest.refresh(fields, refresh);
    }

    private Instant now() {
        return endpoint.clock().instant();
    }
}
