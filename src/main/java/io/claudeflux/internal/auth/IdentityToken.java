package io.claudeflux.internal.auth;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What an identity provider says about the workload, from wherever it is put. It changes, so it is read each time. */
final class IdentityToken {
    private IdentityToken() {}

    /** A file, such as the projected token of a service account; a line end behind the token is none of it. */
    static Function<TokenEndpoint, Mono<String>> ofFile(String setting, Path path) {
        return endpoint -> SmallFile.aside(() -> checked(setting + ": " + path, SmallFile.read(setting, path)));
    }

    static Function<TokenEndpoint, Mono<String>> ofValue(String setting, String value) {
        Mono<String> token = Mono.just(checked(setting, value));
        return endpoint -> token;
    }

    static Function<TokenEndpoint, Mono<String>> ofSupplier(Supplier<Mono<String>> supplier) {
        String setting = "federation";
        return endpoint -> Supplied.secret(setting, "the identity token", supplier, endpoint.timer())
                .map(value -> checked(setting, value));
    }

    private static String checked(String name, String text) {
        return SecretRules.secret(name, text.strip(), SecretRules.ASSERTION_CHARS);
    }
}
