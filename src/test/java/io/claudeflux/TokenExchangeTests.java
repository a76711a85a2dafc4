package io.claudeflux;

import static io.claudeflux.TokenBench.ASSERTION;
import static io.claudeflux.TokenBench.FIRST;
import static io.claudeflux.TokenBench.REFRESH;
import static io.claudeflux.TokenBench.REFRESHED;
import static io.claudeflux.TokenBench.SECOND;
import static io.claudeflux.TokenBench.granted;
import static io.claudeflux.TokenBench.tokens;
import static io.claudeflux.fixture.Frames.err;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.config.Federation;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.NotRetried;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.Json;
import io.claudeflux.message.Message;
import io.claudeflux.stream.StreamEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tokens on the wire: how they are fetched, shown, and replaced when they are refused. */
@Timeout(60)
class TokenExchangeTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script GRANTED = reply(json(200, granted(FIRST)));
    private static final Script REFUSED =
            reply(json(401, "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}"));

    @TempDir
    private Path directory;

    @Test
    void federationTradesAStatementForATokenOnce() {
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD, GOOD).federated()) {
            bench.variables.put("ANTHROPIC_SERVICE_ACCOUNT_ID", "svac_1");
            bench.variables.put("ANTHROPIC_WORKSPACE_ID", "wrkspc_1");
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.create().isComplete()).isTrue();

            assertThat(bench.server.requests())
                    .extracting(RecordedRequest::target)
                    .containsExactly("/v1/oauth/token", "/v1/messages", "/v1/messages");
            RecordedRequest exchange = bench.server.request(0);
            assertThat(Json.parse(exchange.bodyText()))
                    .isEqualTo(Json.of(Map.of(
                            "grant_type",
                            "urn:ietf:params:oauth:grant-type:jwt-bearer",
                            "assertion",
                            ASSERTION,
                            "federation_rule_id",
                            "fdrl_1",
                            "organization_id",
                            "org-1",
                            "service_account_id",
                            "svac_1",
                            "workspace_id",
                            "wrkspc_1")));
            assertThat(exchange.method()).isEqualTo("POST");
            assertThat(exchange.headerValues("anthropic-beta"))
                    .containsExactly("oauth-2025-04-20,oidc-federation-2026-04-01");
            assertThat(exchange.headerValues("accept")).containsExactly("application/json");
            assertThat(exchange.headerValues("content-type")).containsExactly("application/json");
            assertThat(exchange.headerNames()).doesNotContain("authorization", "x-api-key");

            RecordedRequest call = bench.server.request(1);
            assertThat(call.headerValues("authorization")).containsExactly("Bearer " + FIRST);
            assertThat(call.headerValues("anthropic-beta")).containsExactly("oauth-2025-04-20");
            assertThat(call.headerNames()).doesNotContain("x-api-key", "anthropic-workspace-id");
        }
    }

    @Test
    void aThousandCallsAtOnceTradeOnce() {
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD)
                .federated()
                .with(b -> b.maxConcurrentRequests(50).maxQueuedRequests(1_000))) {
            Outcome<Message> outcome = Outcome.of(
                    Flux.range(0, 1_000).flatMap(i -> bench.client().messages().create(TokenBench.request()), 1_000),
                    Duration.ofSeconds(40));
            assertThat(outcome.n()).as(outcome.describe()).isEqualTo(1_000);
            assertThat(bench.server.requests().stream()
                            .filter(sent -> sent.target().endsWith("token")))
                    .hasSize(1);
        }
    }

    @Test
    void identityOfTheApplicationIsAskedForAtEachTrade() {
        Federation federation = Federation.of("fdrl_1", "org-1", () -> Mono.just(ASSERTION + "\n"));
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD)
                .with(b -> b.federation(federation.withWorkspaceId("wrkspc_2")).beta("b", "oauth-2025-04-20"))) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(Json.parse(bench.server.request(0).bodyText()).toMap())
                    .containsEntry("assertion", ASSERTION)
                    .containsEntry("workspace_id", "wrkspc_2")
                    .doesNotContainKey("service_account_id");
            assertThat(bench.server.request(1).headerValues("anthropic-beta")).containsExactly("b,oauth-2025-04-20");
            assertThat(federation.toString()).contains("fdrl_1").doesNotContain("ambda");
        }
    }

    @Test
    void loginOfAPersonIsUsedUntilItEnds() {
        try (TokenBench bench = new TokenBench(directory, GOOD).loggedIn(tokens(FIRST, inAnHour(), REFRESH))) {
            assertThat(bench.create().isComplete()).isTrue();
            RecordedRequest call = bench.server.request(0);
            assertThat(call.target()).isEqualTo("/v1/messages");
            assertThat(call.headerValues("authorization")).containsExactly("Bearer " + FIRST);
            assertThat(call.headerValues("anthropic-workspace-id")).containsExactly("wrkspc_1");
            assertThat(call.headerValues("anthropic-beta")).containsExactly("oauth-2025-04-20");
        }
    }

    @Test
    void loginThatHasEndedIsRefreshedAndWrittenBack() throws Exception {
        String rotated =
                "{\"access_token\":\"" + SECOND + "\",\"expires_in\":600,\"refresh_token\":\"" + REFRESHED + "\"}";
        try (TokenBench bench =
                new TokenBench(directory, reply(json(200, rotated)), GOOD).loggedIn(tokens(FIRST, 1_000, REFRESH))) {
            assertThat(bench.create().isComplete()).isTrue();
            RecordedRequest exchange = bench.server.request(0);
            assertThat(Json.parse(exchange.bodyText()))
                    .isEqualTo(Json.of(
                            Map.of("grant_type", "refresh_token", "refresh_token", REFRESH, "client_id", "client-1")));
            assertThat(exchange.headerValues("anthropic-beta")).containsExactly("oauth-2025-04-20");
            assertThat(bench.server.request(1).headerValues("authorization")).containsExactly("Bearer " + SECOND);

            Map<String, Object> written =
                    Json.parse(bench.read("credentials/default.json")).toMap();
            assertThat(written)
                    .containsEntry("access_token", SECOND)
                    .containsEntry("refresh_token", REFRESHED)
                    .containsEntry("account", Map.of("of", "another program"));
            Instant expires = Instant.ofEpochSecond(Long.parseLong(String.valueOf(written.get("expires_at"))));
            assertThat(expires)
                    .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));
            Path file = directory.resolve("credentials/default.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            try (var files = Files.list(file.getParent())) {
                assertThat(files).containsExactly(file);
            }
        }
    }

    @Test
    void whatAnotherProgramHasRefreshedIsTakenFromTheFile() {
        try (TokenBench bench =
                new TokenBench(directory, GOOD, REFUSED, GOOD).loggedIn(tokens(FIRST, inAnHour(), REFRESH))) {
            assertThat(bench.create().isComplete()).isTrue();
            bench.write("credentials/default.json", tokens(SECOND, inAnHour(), REFRESHED));
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.requests())
                    .extracting(sent -> sent.header("authorization").orElse(sent.target()))
                    .containsExactly("Bearer " + FIRST, "Bearer " + FIRST, "Bearer " + SECOND);
        }
    }

    @Test
    void refusedTokenIsReplacedOnceWithoutRetriesOrWaits() {
        try (TokenBench bench = new TokenBench(
                        directory, GRANTED, REFUSED, reply(json(200, granted(SECOND))), GOOD, GOOD)
                .federated()) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.requests())
                    .extracting(sent -> sent.header("authorization").orElse(sent.target()))
                    .containsExactly("/v1/oauth/token", "Bearer " + FIRST, "/v1/oauth/token", "Bearer " + SECOND);
            assertThat(bench.retries).singleElement().satisfies(retry -> {
                assertThat(retry.failure()).isInstanceOf(AuthenticationException.class);
                assertThat(retry.delay()).isZero();
            });
            assertThat(bench.server.request(3).headerValues("x-stainless-retry-count"))
                    .containsExactly("1");
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.reqs()).isEqualTo(5);
        }
    }

    @Test
    void everyEndpointShowsATokenAndReplacesARefusedOne() {
        Script counted = reply(json(200, "{\"input_tokens\":1}"));
        try (TokenBench bench =
                new TokenBench(directory, GRANTED, REFUSED, reply(json(200, granted(SECOND))), counted).federated()) {
            assertThat(Outcome.of(bench.client().messages().countTokens(TokenBench.request()))
                            .isComplete())
                    .isTrue();
            assertThat(bench.server.requests())
                    .extracting(sent -> sent.header("authorization").orElse(sent.target()))
                    .containsExactly("/v1/oauth/token", "Bearer " + FIRST, "/v1/oauth/token", "Bearer " + SECOND);
        }
    }

    @Test
    void secondRefusalIsTheEnd() {
        try (TokenBench bench = new TokenBench(
                        directory, GRANTED, REFUSED, reply(json(200, granted(SECOND))), REFUSED, GOOD)
                .federated()
                .with(b -> b.retry(RetryPolicy.defaults()).fallbackModels("other"))) {
            AuthenticationException error = bench.create().error(AuthenticationException.class);
            assertThat(error.attempts()).isEqualTo(2);
            assertThat(error.status()).isEqualTo(401);
            assertThat(error.notRetried()).contains(NotRetried.NOT_RETRYABLE);
            assertThat(bench.server.reqs()).isEqualTo(4);
        }
    }

    @Test
    void refusalInsideTheStreamIsARefusalToo() {
        try (TokenBench bench = new TokenBench(
                        directory,
                        GRANTED,
                        reply(h200(), chunk(err("authentication_error")), end()),
                        reply(json(200, granted(SECOND))),
                        GOOD)
                .federated()) {
            Outcome<StreamEvent> outcome = Outcome.of(bench.client().messages().stream(TokenBench.request()));
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(bench.server.request(3).headerValues("authorization")).containsExactly("Bearer " + SECOND);
        }
    }

    @Test
    void keysAreNotAskedForAgain() {
        for (String variable : List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")) {
            try (TokenBench bench = new TokenBench(directory, REFUSED, GOOD)) {
                bench.variables.put(variable, "secret-1");
                assertThat(bench.create().error(AuthenticationException.class).attempts())
                        .isEqualTo(1);
                assertThat(bench.server.reqs()).isEqualTo(1);
            }
        }
    }

    @Test
    void headersOfTheApplicationSayWhoAsks() {
        try (TokenBench bench = new TokenBench(directory, GOOD).with(b -> b.header("Authorization", "Bearer own"))) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.request(0).headerValues("authorization")).containsExactly("Bearer own");
        }
        try (TokenBench bench = new TokenBench(directory, GOOD).federated()) {
            Outcome<Message> outcome = Outcome.of(bench.client()
                    .messages()
                    .create(TokenBench.request().toBuilder()
                            .header("X-Api-Key", "own")
                            .build()));
            assertThat(outcome.isComplete()).isTrue();
            assertThat(bench.server.reqs()).isEqualTo(1);
            assertThat(bench.server.request(0).headerNames()).doesNotContain("authorization");
        }
    }

    private static long inAnHour() {
        return Instant.now().getEpochSecond() + 3_600;
    }
}
