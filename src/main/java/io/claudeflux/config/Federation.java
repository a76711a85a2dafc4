package io.claudeflux.config;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Workload identity federation: instead of a key, what an identity provider says about the workload is traded for
 * access tokens that live for a short time. They are fetched ahead of their end, once for all calls that wait.
 *
 * <pre>{@code
 * Path projected = Path.of("/var/run/secrets/anthropic/token");
 * Federation federation = Federation.of("fdrl_01", "6f1c9c2e-...", () ->
 *         Mono.fromCallable(() -> Files.readString(projected)).subscribeOn(Schedulers.boundedElastic()));
 * }</pre>
 *
 * <p>Where files and environment variables say it all, no code is needed: see {@code ClaudeClient.create()}. Copies
 * with one value changed are made with the {@code withX} methods.
 *
 * @param ruleId the rule of the organization that takes such statements
 * @param organizationId the organization
 * @param serviceAccountId as whom to act; null if the rule says it
 * @param workspaceId in which workspace; null if the rule says it
 * @param identityToken gets what the identity provider says, a JSON web token, called once for each trade, which is for
 *     all calls of the client, so that it must not go by who is asking; on a thread that may block; a failure, an empty
 *     result or a wait over 10 s ends the calls that wait for it in a {@code ConfigurationException}
 */
public record Federation(
        String ruleId,
        String organizationId,
        @Nullable String serviceAccountId,
        @Nullable String workspaceId,
        Supplier<Mono<String>> identityToken) {
    /**
     * Takes the values; whether they can be ids is seen when a client is built.
     *
     * @throws NullPointerException if one is null that must not be
     */
    public Federation {
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(organizationId, "organizationId");
        Objects.requireNonNull(identityToken, "identityToken");
    }

    /**
     * Federation by a rule that says the rest.
     *
     * @param ruleId the rule
     * @param organizationId the organization
     * @param identityToken gets what the identity provider says
     * @return the description
     */
    public static Federation of(String ruleId, String organizationId, Supplier<Mono<String>> identityToken) {
        return new Federation(ruleId, organizationId, null, null, identityToken);
    }

    /**
     * Sets as whom to act.
     *
     * @param serviceAccountId the id of a service account
     * @return a copy
     */
    public Federation withServiceAccountId(String serviceAccountId) {
        return new Federation(ruleId, organizationId, serviceAccountId, workspaceId, identityToken);
    }

    /**
     * Sets in which workspace to act.
     *
     * @param workspaceId the id of a workspace
     * @return a copy
     */
    public Federation withWorkspaceId(String workspaceId) {
        return new Federation(ruleId, organizationId, serviceAccountId, workspaceId, identityToken);
    }

    /** Without the supplier, which may know the token. */
    @Override
    public String toString() {
        return "Federation[ruleId=" + ruleId + ", organizationId=" + organizationId + "]";
    }
}
