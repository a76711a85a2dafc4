package io.claudeflux.internal.auth;

import io.claudeflux.error.ClaudeException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Workload identity federation: what an identity provider says about the workload is traded for an access token. */
final class FederatedTokens implements TokenSource.Fetch {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Party party;
    private final Mono<String> assertion;
    private final TokenEndpoint endpoint;

    /**
     * A trade.
     *
     * @param party who trades
     * @param assertion gets what the identity provider says, anew for each subscription
     */
    FederatedTokens(Party party, Function<TokenEndpoint, Mono<String>> assertion, TokenEndpoint endpoint) {
        this.party = party;
        this.assertion = assertion.apply(endpoint);
        this.endpoint = endpoint;
    }

    /**
     * Who trades.
     *
     * @param ruleId the rule of the federation
     * @param organizationId the organization that has it
     * @param serviceAccountId as whom to act; null if the rule says it
     * @param workspaceId in which workspace; null if the rule says it
     */
    record Party(
            String ruleId,
            String organizationId,
            @Nullable String serviceAccountId,
            @Nullable String workspaceId) {
        Map<String, String> fields(String assertion) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("grant_type", GRANT);
            fields.put("assertion", assertion);
            fields.put("federation_rule_id", ruleId);
            fields.put("organization_id", organizationId);
            if (serviceAccountId != null) {
                fields.put("service_account_id", serviceAccountId);
            }
            if (workspaceId != null) {
                fields.put("workspace_id", workspaceId);
            }
            return fields;
        }
    }

    @Override
    public Mono<AccessToken> fetch(@Nullable AccessToken refused) {
        Clock clock = endpoint.clock();
        return assertion.flatMap(said -> {
            TokenRequest request = TokenRequest.federated(party.fields(said), said);
            return endpoint.send()
                    .apply(request)
                    .map(answer -> TokenAnswer.read(answer, clock.instant()).access())
                    .onErrorMap(ClaudeException.class, failure -> TokenAnswer.failure(failure, request));
        });
    }
}
