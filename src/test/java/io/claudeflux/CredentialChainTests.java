package io.claudeflux;

import static io.claudeflux.TokenBench.ASSERTION;
import static io.claudeflux.TokenBench.FIRST;
import static io.claudeflux.TokenBench.REFRESH;
import static io.claudeflux.TokenBench.granted;
import static io.claudeflux.TokenBench.tokens;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.claudeflux.config.Federation;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Who asks when several could, what is missing when nobody can, and what is wrong with a profile. */
@Timeout(60)
class CredentialChainTests {
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script GRANTED = reply(json(200, granted(FIRST)));
    private static final long FAR = 4_102_444_800L;
    private static final String FEDERATED = """
            {"authentication": {"type": "oidc_federation", "federation_rule_id": "fdrl_p", "service_account_id": "svac_p",
              "identity_token": {"source": "file", "path": "identity"}, "added": {"later": 1}},
             "organization_id": "org-p", "workspace_id": "wrkspc_p", "version": 7}""";

    @TempDir
    private Path directory;

    /** Everything is there; one after the other is taken away. */
    @Test
    void eachComesBehindTheOneBefore() {
        try (TokenBench bench = new TokenBench(directory, GOOD)) {
            bench.write("credentials/named.json", tokens("token-named", FAR, REFRESH));
            bench.write("configs/named.json", "{\"authentication\":{\"type\":\"user_oauth\"}}");
            bench.loggedIn(tokens("token-default", FAR, REFRESH));
            bench.variables.put("ANTHROPIC_API_KEY", "key");
            bench.variables.put("ANTHROPIC_AUTH_TOKEN", "token");
            bench.variables.put("ANTHROPIC_PROFILE", "named");
            RecordedRequest byKey = shown(bench);
            assertThat(byKey.header("x-api-key")).contains("key");
            assertThat(byKey.header("authorization")).isEmpty();
            assertThat(bench.logs().newest())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");
            bench.variables.put("ANTHROPIC_API_KEY", "");
            assertThat(shown(bench).header("authorization")).contains("Bearer token");
            bench.variables.remove("ANTHROPIC_AUTH_TOKEN");
            assertThat(shown(bench).header("authorization")).contains("Bearer token-named");
            bench.variables.remove("ANTHROPIC_PROFILE");
            assertThat(shown(bench).header("authorization")).contains("Bearer token-default");
            bench.write("active_config", "named\n");
            assertThat(shown(bench).header("authorization")).contains("Bearer token-named");
        }
    }

    @Test
    void federationByVariablesComesBeforeTheProfileInUse() {
        try (TokenBench bench =
                new TokenBench(directory, GRANTED, GOOD).federated().loggedIn(tokens("token-default", FAR, REFRESH))) {
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.request(1).header("authorization")).contains("Bearer " + FIRST);
        }
    }

    private static RecordedRequest shown(TokenBench bench) {
        try (ClaudeClient client = bench.builder().build()) {
            client.messages().create(TokenBench.request()).block(TokenBench.LIMIT);
        }
        return bench.server.request(bench.server.reqs() - 1);
    }

    @Test
    void profileDescribesFederation() {
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD).with(b -> b.profile("ci"))) {
            bench.write("configs/ci.json", FEDERATED);
            bench.write("identity", ASSERTION + "\n");
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(Json.parse(bench.server.request(0).bodyText()).toMap())
                    .containsAllEntriesOf(
                            Map.of("assertion", ASSERTION, "federation_rule_id", "fdrl_p", "organization_id", "org-p"))
                    .containsAllEntriesOf(Map.of("service_account_id", "svac_p", "workspace_id", "wrkspc_p"));
        }
    }

    @Test
    void addressOfTheProfileCountsWhereNobodySaysAnother() {
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD).with(b -> b.profile("ci"))) {
            String address = "\"base_url\": \"" + bench.server.baseUrl() + "/of-profile/\", \"version\"";
            bench.write("configs/ci.json", FEDERATED.replace("\"version\"", address));
            bench.write("identity", ASSERTION);
            bench.variables.remove("ANTHROPIC_BASE_URL");
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.server.requests())
                    .extracting(RecordedRequest::target)
                    .containsExactly("/of-profile/v1/oauth/token", "/of-profile/v1/messages");
        }
        try (TokenBench bench = new TokenBench(directory, GRANTED, GOOD).with(b -> b.profile("ci"))) {
            bench.write(
                    "configs/ci.json", FEDERATED.replace("\"version\"", "\"base_url\": \"http://x.example\", \"v\""));
            bench.write("identity", ASSERTION);
            assertThat(bench.create().isComplete())
                    .as("the variable comes first")
                    .isTrue();
            bench.variables.remove("ANTHROPIC_BASE_URL");
            assertThat(refusal(bench)).hasMessageContainingAll("configs/ci.json", "base_url", "clear text");
        }
    }

    @Test
    void nothingAtAllNamesEverythingThatWasLookedAt() {
        try (TokenBench bench = new TokenBench(directory, GOOD)) {
            assertThat(refusal(bench))
                    .hasMessageContainingAll("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_PROFILE")
                    .hasMessageContainingAll("ANTHROPIC_FEDERATION_RULE_ID", "configs/default.json", "apiKey(...)")
                    .hasMessageContainingAll("profile(...)", "federation(...)", "Console");
            bench.variables.put("ANTHROPIC_IDENTITY_TOKEN", ASSERTION);
            assertThat(refusal(bench))
                    .hasMessageContaining("without ANTHROPIC_FEDERATION_RULE_ID and ANTHROPIC_ORGANIZATION_ID");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_ORGANIZATION_ID, without ANTHROPIC_ORGANIZATION_ID",
        "ANTHROPIC_IDENTITY_TOKEN, without ANTHROPIC_IDENTITY_TOKEN_FILE or ANTHROPIC_IDENTITY_TOKEN"
    })
    void halfAFederationNamesTheOtherHalf(String missing, String said) {
        try (TokenBench bench = new TokenBench(directory, GOOD).federated()) {
            bench.variables.put(missing, "");
            assertThat(refusal(bench)).hasMessageEndingWith(said);
        }
    }

    @Test
    void placesOfProfilesFollowTheSystem() {
        for (String system : new String[] {"Linux", "Windows 11"}) {
            Map<String, String> properties = Map.of("os.name", system, "user.home", "/home/walrus");
            DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder()
                    .environment(name -> name.equals("APPDATA") ? "/data" : null, properties::get);
            assertThat(catchThrowableOfType(ConfigurationException.class, builder::build))
                    .hasMessageContaining(
                            system.equals("Linux")
                                    ? "/home/walrus/.config/anthropic/configs/default.json"
                                    : "/data/Anthropic/configs/default.json");
        }
    }

    @Test
    void twoOptionsThatSayWhoAsksAreRefusedByName() {
        Federation federation = Federation.of("r", "o", Mono::empty);
        Map<String, UnaryOperator<ClaudeClient.Builder>> options = Map.of(
                "apiKey", b -> b.apiKey("key"),
                "authToken", b -> b.authToken("token"),
                "profile", b -> b.profile("p"),
                "federation", b -> b.federation(federation));
        options.forEach((first, set) -> options.forEach((second, setToo) -> {
            if (!first.equals(second)) {
                ClaudeClient.Builder both = setToo.apply(set.apply(new DefaultClaudeClientBuilder()));
                assertThat(catchThrowableOfType(ConfigurationException.class, both::build))
                        .hasMessageContaining(first + "(...) and " + second + "(...)");
            }
        }));
        new DefaultClaudeClientBuilder()
                .environment(name -> null)
                .apiKey("one")
                .apiKey(() -> Mono.just("two"))
                .build()
                .close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", ".hidden", "a/b", "a\\b", "", "a\u0000", "a b", "..", "a\nb"})
    void namesOfProfilesLeadNowhereElse(String name) {
        try (TokenBench bench = new TokenBench(directory, GOOD).with(b -> b.profile(name))) {
            assertThat(refusal(bench)).hasMessageContaining("profile must name a profile");
        }
    }

    @Test
    void profileThatIsAskedForHasToBeThere() {
        try (TokenBench bench = new TokenBench(directory, GOOD)) {
            bench.variables.put("ANTHROPIC_PROFILE", "gone");
            assertThat(refusal(bench)).hasMessageContainingAll("configs/gone.json", "does not exist");
            bench.write("configs/gone.json", "{\"authentication\":{\"type\":\"user_oauth\"}}");
            assertThat(refusal(bench)).hasMessageContainingAll("credentials/gone.json", "does not exist", "log in");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | not a JSON object",
                "{\"authentication\" | line 1",
                "{} | authentication is missing",
                "{\"authentication\":\"SECRETxyz\"} | authentication is not an object",
                "{\"authentication\":{}} | authentication.type is missing",
                "{\"authentication\":{\"type\":\"SECRETxyz\"}} | authentication.type is neither",
                "{\"authentication\":{\"type\":\"oidc_federation\"}} | organization_id is missing",
                "{\"authentication\":{\"type\":\"oidc_federation\"},\"organization_id\":7} | organization_id is not a string",
                "{\"authentication\":{\"type\":\"oidc_federation\"},\"organization_id\":\"o\"} | authentication.federation_rule_id is missing",
                "{\"authentication\":{\"type\":\"oidc_federation\",\"federation_rule_id\":\"SECRET xyz\"},\"organization_id\":\"o\"} | at index 6",
                "{\"authentication\":{\"type\":\"oidc_federation\",\"federation_rule_id\":\"r\"},\"organization_id\":\"o\"} | identity_token is missing",
                "{\"authentication\":{\"type\":\"oidc_federation\",\"federation_rule_id\":\"r\",\"identity_token\":{\"source\":\"SECRETxyz\"}},\"organization_id\":\"o\"} | identity_token.source is neither",
                "{\"authentication\":{\"type\":\"oidc_federation\",\"federation_rule_id\":\"r\",\"identity_token\":{\"source\":\"file\"}},\"organization_id\":\"o\"} | identity_token.path is missing",
                "{\"authentication\":{\"type\":\"user_oauth\"},\"workspace_id\":\"a\\r\\nx-evil: SECRETxyz\"} | workspace_id has a character at index 1"
            })
    void profileThatCannotBeNamesFileAndFieldAndQuotesNothing(String file, String said) {
        try (TokenBench bench = new TokenBench(directory, GOOD).with(b -> b.profile("p"))) {
            bench.write("credentials/p.json", tokens(FIRST, FAR, REFRESH));
            bench.write("configs/p.json", file);
            assertThat(refusal(bench))
                    .hasMessageContainingAll("configs/p.json", said)
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void filesHaveALimit() {
        try (TokenBench bench = new TokenBench(directory, GOOD).with(b -> b.profile("p"))) {
            bench.write("configs/p.json", " ".repeat(65_537));
            assertThat(refusal(bench)).hasMessageContainingAll("configs/p.json", "more than 65536 bytes");
        }
    }

    @Test
    void loginsThatOthersCanReadAreWarnedOfOnce() throws Exception {
        try (TokenBench bench = new TokenBench(directory, GOOD).loggedIn(tokens(FIRST, FAR, REFRESH))) {
            Path file = directory.resolve("credentials/default.json");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.create().isComplete()).isTrue();
            assertThat(bench.logs().newest())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("credentials/default.json", "chmod 600");
        }
    }

    private static ConfigurationException refusal(TokenBench bench) {
        ConfigurationException error = catchThrowableOfType(
                ConfigurationException.class, () -> bench.builder().build());
        assertThat(error).as("it was built").isNotNull();
        bench.assertSafe(error);
        assertThat(error.getCause()).isNull();
        return error;
    }
}
