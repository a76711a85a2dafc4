package io.claudeflux;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.internal.http.HeaderRules;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who asks: the header that carries the secret, and where the secret comes from at each attempt. Prints neither. */
final class Credential {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String header;
    private final String prefix;
    private final Supplier<Mono<String>> secret;

    private Credential(String header, String prefix, Supplier<Mono<String>> secret) {
        this.header = header;
        this.prefix = prefix;
        this.secret = secret;
    }

    static Credential apiKey(String key) {
        HeaderRules.secret("apiKey", key);
        return new Credential("x-api-key", "", () -> Mono.just(key));
    }

    static Credential apiKey(Supplier<Mono<String>> key) {
        return new Credential("x-api-key", "", () -> supplied(key));
    }

    static Credential authToken(String token) {
        HeaderRules.secret("authToken", token);
        return new Credential("authorization", "Bearer ", () -> Mono.just(token));
    }

    String header() {
        return header;
    }

    /** The header's value for one attempt. */
    Mono<String> value() {
        return secret.get().map(value -> prefix + value);
    }

    private static Mono<String> supplied(Supplier<Mono<String>> key) {
        return Mono.defer(key)
                .timeout(LONGEST)
                .switchIfEmpty(Mono.error(() -> failed("came empty", null)))
                .map(value -> HeaderRules.secret("apiKey", value))
                .onErrorMap(
                        error -> !(error instanceof ClaudeException),
                        error -> failed("failed or took over 10 s", error));
    }

    private static ConfigurationException failed(String how, @Nullable Throwable cause) {
        return new ConfigurationException("apiKey", "the supplier of the API key " + how, cause);
    }
}
