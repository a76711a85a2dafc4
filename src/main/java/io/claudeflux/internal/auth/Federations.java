package io.claudeflux.internal.auth;

import io.claudeflux.config.Federation;
import io.claudeflux.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Identity federation that is described by the application, or by the environment. */
final class Federations {
    static final String RULE = "ANTHROPIC_FEDERATION_RULE_ID";
    static final String ORGANIZATION = "ANTHROPIC_ORGANIZATION_ID";
    static final List<String> IDENTITY = List.of("ANTHROPIC_IDENTITY_TOKEN_FILE", "ANTHROPIC_IDENTITY_TOKEN");

    private Federations() {}

    static Login of(Federation federation) {
        FederatedTokens.Party party = new FederatedTokens.Party(
                SecretRules.id("federation: ruleId", federation.ruleId()),
                SecretRules.id("federation: organizationId", federation.organizationId()),
                optional("federation: serviceAccountId", federation.serviceAccountId()),
                optional("federation: workspaceId", federation.workspaceId()));
        Function<TokenEndpoint, Mono<String>> identity = IdentityToken.ofSupplier(federation.identityToken());
        return login(party, identity, "federation");
    }

    /**
     * What the environment describes; null if it describes nothing.
     *
     * @throws ConfigurationException naming what is missing if it describes only half of it
     */
    static @Nullable Login of(Environment environment) {
        String rule = environment.variable(RULE);
        String organization = environment.variable(ORGANIZATION);
        Function<TokenEndpoint, Mono<String>> identity = identity(environment);
        // An organization is named for other reasons too, and so is an identity.
        if (rule == null) {
            return null;
        }
        if (organization == null || identity == null) {
            throw new ConfigurationException("federation", half(environment), null);
        }
        FederatedTokens.Party party = new FederatedTokens.Party(
                SecretRules.id(RULE, rule),
                SecretRules.id(ORGANIZATION, organization),
                optional("ANTHROPIC_SERVICE_ACCOUNT_ID", environment.variable("ANTHROPIC_SERVICE_ACCOUNT_ID")),
                optional("ANTHROPIC_WORKSPACE_ID", environment.variable("ANTHROPIC_WORKSPACE_ID")));
        return login(party, identity, RULE);
    }

    /** What is missing where the environment describes half of it; empty if it describes nothing, or all. */
    static String half(Environment environment) {
        List<String> missing = new ArrayList<>();
        missing.add(environment.variable(RULE) == null ? RULE : "");
        missing.add(environment.variable(ORGANIZATION) == null ? ORGANIZATION : "");
        boolean isIdentified = IDENTITY.stream().anyMatch(name -> environment.variable(name) != null);
        missing.add(isIdentified ? "" : String.join(" or ", IDENTITY));
        int parts = missing.size();
        missing.removeIf(String::isEmpty);
        return missing.isEmpty() || missing.size() == parts
                ? ""
                : "federation by environment variables is described by half, without " + String.join(" and ", missing);
    }

    /** What the environment says of who the workload is; null if it says nothing. */
    static @Nullable Function<TokenEndpoint, Mono<String>> identity(Environment environment) {
        String file = environment.variable(IDENTITY.get(0));
        if (file != null) {
            Path path = Environment.path(IDENTITY.get(0), file);
            return IdentityToken.ofFile(IDENTITY.get(0), path);
        }
        String value = environment.variable(IDENTITY.get(1));
        return value == null ? null : IdentityToken.ofValue(IDENTITY.get(1), value);
    }

    private static Login login(
            FederatedTokens.Party party, Function<TokenEndpoint, Mono<String>> identity, String origin) {
        return new TokenLogin(
                endpoint -> new FederatedTokens(party, identity, endpoint), new TokenLogin.Origin(origin, null, null));
    }

    private static @Nullable String optional(String setting, @Nullable String id) {
        return id == null ? null : SecretRules.id(setting, id);
    }
}
