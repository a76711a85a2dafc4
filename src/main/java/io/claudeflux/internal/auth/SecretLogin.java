package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A secret that is shown as it is: an API key or an auth token, known from the start or supplied for each attempt. */
final class SecretLogin implements Login {
    private static final Logger LOG = LoggerFactory.getLogger(SecretLogin.class);
    private static final String OFFICIAL = "anthropic.com";

    private final Kind kind;
    private final @Nullable String secret;
    private final @Nullable Supplier<Mono<String>> supplier;

    private SecretLogin(Kind kind, @Nullable String secret, @Nullable Supplier<Mono<String>> supplier) {
        this.kind = kind;
        this.secret = secret;
        this.supplier = supplier;
    }

    /** What the secret is, and how it is shown. */
    enum Kind {
        API_KEY("apiKey", "the API key", SecretRules.KEY_CHARS),
        AUTH_TOKEN("authToken", "the auth token", SecretRules.TOKEN_CHARS);

        private final String setting;
        private final String words;
        private final int max;

        Kind(String setting, String words, int max) {
            this.setting = setting;
            this.words = words;
            this.max = max;
        }

        Proof proof(String secret) {
            return this == API_KEY ? Proof.of("x-api-key", secret) : Proof.of("authorization", "Bearer " + secret);
        }

        @Nullable String mixUp(String secret) {
            return this == API_KEY ? KeyShape.mixUp(secret) : KeyShape.tokenMixUp(secret);
        }
    }

    static SecretLogin of(Kind kind, String secret) {
        return new SecretLogin(kind, SecretRules.secret(kind.setting, secret, kind.max), null);
    }

    static SecretLogin of(Kind kind, Supplier<Mono<String>> supplier) {
        return new SecretLogin(kind, null, supplier);
    }

    @Override
    public Credential open(URI baseUrl, TokenEndpoint endpoint) {
        boolean isOfficial = isOfficial(baseUrl);
        Supplier<Mono<String>> source = supplier;
        if (source == null) {
            String known = String.valueOf(secret);
            suit(known, isOfficial);
            Mono<Proof> proof = Mono.just(kind.proof(known));
            return () -> proof;
        }
        Function<String, Proof> show =
                supplied -> kind.proof(suit(SecretRules.secret(kind.setting, supplied, kind.max), isOfficial));
        return () -> Supplied.secret(kind.setting, kind.words, source, endpoint.timer())
                .map(show);
    }

    /** Somewhere else anything may be a key; the API itself takes none of these. */
    private String suit(String secret, boolean isOfficial) {
        String problem = isOfficial ? kind.mixUp(secret) : null;
        if (problem != null) {
            throw new ConfigurationException(kind.setting, kind.setting + " " + problem, null);
        }
        String hint = !isOfficial && supplier == null && kind == Kind.API_KEY ? KeyShape.otherSecret(secret) : null;
        if (hint != null) {
            LOG.warn("{} {}", kind.setting, hint);
        }
        return secret;
    }

    private static boolean isOfficial(URI baseUrl) {
        String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
        return host.equals(OFFICIAL) || host.endsWith("." + OFFICIAL);
    }

    @Override
    public String toString() {
        return kind.setting;
    }
}
