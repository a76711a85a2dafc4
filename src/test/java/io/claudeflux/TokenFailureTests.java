package io.claudeflux;

import static io.claudeflux.TokenBench.ASSERTION;
import static io.claudeflux.TokenBench.FIRST;
import static io.claudeflux.TokenBench.REFRESH;
import static io.claudeflux.TokenBench.granted;
import static io.claudeflux.TokenBench.tokens;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.head;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.raw;
import static io.claudeflux.fixture.Steps.response;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.claudeflux.config.Federation;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.RateLimitException;
import io.claudeflux.error.ServerException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.Step;
import io.claudeflux.message.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * A token that cannot be had: which error that is, whether it is tried again, and that nothing of what was traded
 * shows.
 */
@Timeout(60)
class TokenFailureTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final RetryPolicy QUICK = RetryPolicy.defaults()
            .withTransientBackoff(Duration.ofMillis(5), Duration.ofMillis(10))
            .withThrottlingBackoff(Duration.ofMillis(5), Duration.ofMillis(10));

    @TempDir
    private Path directory;

    /** One exchange, answered like this, for a client that tries three times; how often it asked, and how it ended. */
    private record Row(String name, Script answer, int exchanges, Consumer<ClaudeException> end) {
        Row saying(String words) {
            return new Row(
                    name,
                    answer,
                    exchanges,
                    end.andThen(error -> assertThat(error).hasMessageContaining(words)));
        }

        Row answered(Step... steps) {
            return new Row(name, reply(steps), exchanges, end);
        }
    }

    @TestFactory
    Stream<DynamicTest> failedExchanges() {
        return Stream.of(
                        refused("an OAuth error", json(400, "{\"error\":\"invalid_grant\"}"), "invalid_grant"),
                        refused(
                                "an OAuth error in words",
                                json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"it expired\"}"),
                                "invalid_grant: it expired"),
                        refused(
                                "an error that quotes the statement",
                                json(
                                        400,
                                        "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"bad " + ASSERTION
                                                + "\"}}"),
                                "not shown"),
                        refused(
                                "a 401",
                                json(401, "{\"error\":{\"type\":\"authentication_error\",\"message\":\"who\"}}"),
                                "who"),
                        refused("a 403 page", response(403, "text/html", "<html>no</html>"), "<html>"),
                        row("a 500", json(500, "{}"), 3, ServerException.class).saying("token exchange"),
                        row("a 429", json(429, "{}"), 3, RateLimitException.class)
                                .saying("token exchange"),
                        row("a reset", rst(), 3, TransportException.class),
                        strange("a redirect", head(307, "location: https://evil.example/x", "content-length: 0"))
                                .saying("redirects are not followed"),
                        strange("a redirect to the statement", head(307, "location: https://" + ASSERTION))
                                .saying("token exchange"),
                        refused(
                                "the statement as the request's id",
                                json(401, "{}", "request-id: " + ASSERTION),
                                "token exchange"),
                        strange("a page with the token", response(200, "text/html", granted(FIRST)))
                                .saying("token exchange"),
                        strange("no JSON", json(200, granted(FIRST) + "}")).saying("not JSON"),
                        strange("no content", head(204)).saying("token exchange"),
                        strange("no token", json(200, "{\"expires_in\":1}")).saying("no access_token"),
                        strange("null", json(200, "null")).saying("no access_token"),
                        strange("a token with a line break", json(200, granted(FIRST + "\\r\\nx-evil: 1")))
                                .saying("white space"),
                        strange(
                                        "a life that is no number",
                                        json(200, "{\"access_token\":\"x\",\"expires_in\":\"soon\"}"))
                                .saying("expires_in"),
                        strange("a compressed answer", json(200, "{}", "content-encoding: gzip"))
                                .saying("compressed"),
                        strange("an answer without end", rst())
                                .answered(
                                        head(200, "content-type: application/json", "transfer-encoding: chunked"),
                                        chunk("{\"access_token\":\"" + "x".repeat(70_000)))
                                .saying("65536"),
                        row("an answer that is cut", rst(), 3, ClaudeException.class)
                                .answered(
                                        head(200, "content-type: application/json", "content-length: 500"),
                                        raw("{\"access"),
                                        rst()))
                .map(row -> dynamicTest(row.name(), () -> run(row)));
    }

    private static Row strange(String name, Step answer) {
        return row(name, answer, 1, StreamException.class);
    }

    private static Row refused(String name, Step answer, String said) {
        return row(name, answer, 1, AuthenticationException.class).saying(said);
    }

    private static Row row(String name, Step answer, int exchanges, Class<? extends ClaudeException> type) {
        return new Row(
                name,
                reply(answer),
                exchanges,
                error -> assertThat(error).isInstanceOf(type).hasMessageNotContaining("evil.example/x"));
    }

    private void run(Row row) {
        try (TokenBench bench =
                new TokenBench(directory, row.answer()).federated().with(b -> b.retry(QUICK))) {
            ClaudeException error = bench.create().error(ClaudeException.class);
            row.end().accept(error);
            assertThat(error.isAmbiguous()).as("no message was asked for").isFalse();
            assertThat(error.attempts()).isEqualTo(row.exchanges());
            assertThat(bench.server.requests())
                    .hasSize(row.exchanges())
                    .allMatch(sent -> sent.target().equals("/v1/oauth/token"));
        }
    }

    @Test
    void exchangeThatPassesIsTriedAgainWithTheCall() {
        try (TokenBench bench = new TokenBench(
                        directory, reply(json(503, "{}")), reply(json(200, granted(FIRST))), GOOD)
                .federated()
                .with(b -> b.retry(QUICK))) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.reqs()).isEqualTo(3);
        }
    }

    @Test
    void tokenThatCannotBeHadIsNotAskedForOnBehalfOfAnotherModel() {
        try (TokenBench bench = new TokenBench(directory, reply(json(529, "{}")))
                .federated()
                .with(b -> b.fallbackModels("another", "one-more"))) {
            assertThat(bench.create().error(ClaudeException.class)).hasMessageContaining("token exchange");
            assertThat(bench.server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void silentExchangeEndsByItsClock() {
        Timeouts short200 = Timeouts.defaults().withFirstByte(Duration.ofMillis(200));
        try (TokenBench bench =
                new TokenBench(directory, reply(hang())).federated().with(b -> b.timeouts(short200))) {
            ClockException error = bench.create().error(ClockException.class);
            assertThat(error.clock()).isEqualTo(ClockException.Clock.FIRST_BYTE);
            assertThat(error.isAmbiguous()).isFalse();
            assertThat(error.getSuppressed())
                    .anyMatch(at -> String.valueOf(at.getMessage()).contains("oauth/token"));
        }
    }

    @Test
    void totalClockOfTheCallHoldsForTheExchange() {
        Timeouts short200 = Timeouts.defaults().withTotal(Duration.ofMillis(200));
        try (TokenBench bench =
                new TokenBench(directory, reply(hang())).federated().with(b -> b.timeouts(short200))) {
            ClockException error = bench.create().error(ClockException.class);
            assertThat(error.clock()).isEqualTo(ClockException.Clock.TOTAL);
            assertThat(error.isAmbiguous()).isFalse();
        }
    }

    @Test
    void closeEndsThoseWhoWaitForAToken() {
        try (TokenBench bench = new TokenBench(directory, reply(hang())).federated()) {
            Recorder<Message> recorder =
                    Recorder.subscribe(bench.client().messages().create(TokenBench.request()), Long.MAX_VALUE);
            bench.server.awaitReqs(1, TokenBench.LIMIT);
            bench.client().close();
            Outcome<Message> outcome = bench.checked(recorder.outcome(TokenBench.LIMIT));
            assertThat(outcome.error(AdmissionException.class).reason()).isEqualTo(AdmissionException.Reason.CLOSED);
        }
    }

    @Test
    void cancelledCallLeavesItsTokenToTheNext() {
        Gate gate = new Gate();
        Script late = reply(await(gate), json(200, granted(FIRST)));
        try (TokenBench bench = new TokenBench(directory, late, GOOD).federated()) {
            Recorder<Message> recorder =
                    Recorder.subscribe(bench.client().messages().create(TokenBench.request()), Long.MAX_VALUE);
            bench.server.awaitReqs(1, TokenBench.LIMIT);
            recorder.cancel();
            gate.open();
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.reqs()).isEqualTo(2);
            assertThat(recorder.terminals()).isZero();
        }
    }

    @Test
    void closingWaitsForATokenThatNobodyWaitsForAnyMore() {
        Gate gate = new Gate();
        Script late = reply(await(gate), json(200, granted(FIRST)));
        try (TokenBench bench = new TokenBench(directory, late).loggedIn(tokens(TokenBench.SECOND, 1, REFRESH))) {
            Recorder<Message> recorder =
                    Recorder.subscribe(bench.client().messages().create(TokenBench.request()), Long.MAX_VALUE);
            bench.server.awaitReqs(1, TokenBench.LIMIT);
            recorder.cancel();
            Recorder<Void> closing = Recorder.subscribe(bench.client().closeGracefully(TokenBench.LIMIT), 1);
            gate.open();
            assertThat(closing.outcome(TokenBench.LIMIT).isComplete()).isTrue();
            Await.untilOrFail(
                    "the fresh tokens",
                    TokenBench.LIMIT,
                    () -> bench.read("credentials/default.json").contains(FIRST));
        }
    }

    @Test
    void identityThatCannotBeHadIsAConfigurationError() {
        Federation empty = Federation.of("r", "o", Mono::empty);
        Federation failing = Federation.of("r", "o", () -> Mono.error(new IllegalStateException("no " + ASSERTION)));
        Federation spoiled = Federation.of("r", "o", () -> Mono.just(ASSERTION + "\n" + ASSERTION));
        for (Federation federation : new Federation[] {empty, failing, spoiled}) {
            try (TokenBench bench = new TokenBench(directory, GOOD).with(b -> b.federation(federation))) {
                assertThat(bench.create().error(ConfigurationException.class).setting())
                        .isEqualTo("federation");
                assertThat(bench.server.conns()).isZero();
            }
        }
    }

    @Test
    void identityFileIsReadAtEachTradeAndNamedWhenItIsGone() {
        try (TokenBench bench = new TokenBench(directory, reply(json(200, granted(FIRST))), GOOD).federated()) {
            bench.variables.remove("ANTHROPIC_IDENTITY_TOKEN");
            Path file = directory.resolve("identity");
            bench.variables.put("ANTHROPIC_IDENTITY_TOKEN_FILE", file.toString());
            assertThat(bench.create().error(ConfigurationException.class))
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("does not exist");
            bench.write("identity", ASSERTION + "\n");
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.request(0).bodyText()).contains("\"" + ASSERTION + "\"");
        }
    }

    @Test
    void loginThatCannotBeRefreshedSaysSo() {
        String ended = "{\"type\":\"oauth_token\",\"access_token\":\"" + FIRST + "\",\"expires_at\":1}";
        try (TokenBench bench = new TokenBench(directory, GOOD).loggedIn(ended)) {
            assertThat(bench.create().error(ConfigurationException.class))
                    .hasMessageContaining("credentials/default.json")
                    .hasMessageContaining("no refresh_token")
                    .hasMessageContaining("log in again");
        }
    }

    @Test
    void fileBehindALinkIsWrittenAndTheLinkLeft() throws Exception {
        try (TokenBench bench = new TokenBench(directory, reply(json(200, granted(FIRST))), GOOD)
                .loggedIn(tokens(TokenBench.SECOND, 1, REFRESH))) {
            Path link = directory.resolve("credentials/default.json");
            Path elsewhere = bench.write("elsewhere/tokens", bench.read("credentials/default.json"));
            Files.delete(link);
            Files.createSymbolicLink(link, elsewhere);
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(bench.read("elsewhere/tokens")).contains(FIRST);
        }
    }
}
