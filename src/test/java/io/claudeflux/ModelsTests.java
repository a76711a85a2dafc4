package io.claudeflux;

import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.json;
import static io.claudeflux.fixture.Steps.rst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.NotFoundException;
import io.claudeflux.error.StreamException;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.RecordedRequest;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The models endpoint on the wire. */
@Timeout(60)
class ModelsTests {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void listIsAGetWithoutABody() {
        try (ScriptedServer server = ScriptedServer.start(page(false, "a"));
                ClaudeClient claude = client(server)) {
            assertThat(ids(claude.models().list())).containsExactly("a");

            RecordedRequest sent = server.request(0);
            assertThat(sent.method()).isEqualTo("GET");
            assertThat(sent.target()).isEqualTo("/v1/models?limit=100");
            assertThat(sent.body()).isEmpty();
            assertThat(sent.headerValues("accept")).containsExactly("application/json");
            assertThat(sent.headerNames())
                    .containsExactlyInAnyOrder(
                            "host",
                            "user-agent",
                            "accept",
                            "accept-encoding",
                            "x-stainless-retry-count",
                            "anthropic-version",
                            "x-api-key");
        }
    }

    @Test
    void aPageIsAskedForWhenAnElementOfItIs() {
        try (ScriptedServer server =
                        ScriptedServer.start(page(true, "a", "b"), page(true, "c", "d"), page(false, "e"));
                ClaudeClient claude = client(server)) {
            StepVerifier.create(
                            claude.models()
                                    .list(ModelQuery.served().withPageSize(2))
                                    .map(ModelInfo::id),
                            0)
                    .expectSubscription()
                    .then(() -> assertThat(attempts(claude)).isZero())
                    .thenRequest(2)
                    .expectNext("a", "b")
                    .then(() -> assertThat(attempts(claude)).isEqualTo(1))
                    .thenRequest(1)
                    .expectNext("c")
                    .then(() -> assertThat(attempts(claude)).isEqualTo(2))
                    .thenRequest(Long.MAX_VALUE)
                    .expectNext("d", "e")
                    .expectComplete()
                    .verify(LIMIT);

            assertThat(server.requests())
                    .extracting(RecordedRequest::target)
                    .containsExactly(
                            "/v1/models?limit=2", "/v1/models?limit=2&after_id=b", "/v1/models?limit=2&after_id=d");
        }
    }

    @Test
    void whoTakesTwoOfManyAsksForOnePageOnly() {
        try (ScriptedServer server = ScriptedServer.start(page(true, "a", "b"), page(true, "c", "d"));
                ClaudeClient claude = client(server)) {
            assertThat(ids(claude.models().list().take(2))).containsExactly("a", "b");
            assertThat(ids(claude.models().list().take(1))).containsExactly("c");
            assertThat(server.reqs()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[],\"has_more\":true,\"last_id\":\"x\"}",
                "{\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":null}",
                "{\"data\":[{\"id\":\"a\"}],\"has_more\":true}",
                "{\"data\":[{\"id\":\"a\"}],\"has_more\":false,\"last_id\":\"a\"}",
                "{\"data\":[{\"id\":\"a\"}],\"last_id\":\"a\"}"
            })
    void whatIsTheLastPageIsFollowedByNone(String page) {
        try (ScriptedServer server = ScriptedServer.start(reply(json(200, page)));
                ClaudeClient claude = client(server)) {
            Outcome<ModelInfo> outcome = Outcome.of(claude.models().list(), LIMIT);
            assertThat(outcome.isComplete()).as(outcome.describe()).isTrue();
            assertThat(server.reqs()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatLeadsInACircleIsLeft() {
        for (int length = 1; length <= 5; length++) {
            Script[] circle = Stream.concat(
                            Stream.of(page(true, "start")),
                            Stream.iterate(0, i -> i + 1).limit(60).map(circle(length)))
                    .toArray(Script[]::new);
            try (ScriptedServer server = ScriptedServer.start(circle);
                    ClaudeClient claude = client(server)) {
                Outcome<ModelInfo> outcome = Outcome.of(claude.models().list(), LIMIT);

                assertThat(outcome.error(StreamException.class).reason()).isEqualTo("repeated_page");
                assertThat(server.reqs()).isLessThan(4 * length + 4);
            }
        }
    }

    @Test
    void aThousandPagesAreNoDeepStack() {
        Script[] pages = Stream.iterate(0, i -> i + 1)
                .limit(1_000)
                .map(i -> page(i < 999, "m" + i))
                .toArray(Script[]::new);
        try (ScriptedServer server = ScriptedServer.start(pages);
                ClaudeClient claude = client(server)) {
            assertThat(ids(claude.models().list())).hasSize(1_000);
        }
    }

    @Test
    void filtersAreSentAsTheOfficialClientsSendThem() {
        try (ScriptedServer server = ScriptedServer.start(page(false, "a"));
                ClaudeClient claude = client(server)) {
            ids(claude.models().list(ModelQuery.all().withPageSize(7)));
            ids(claude.models().list(ModelQuery.served().withLifecycles(ModelLifecycle.of("a&b"))));

            assertThat(server.request(0).target())
                    .isEqualTo("/v1/models?limit=7&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated"
                            + "&lifecycle%5B%5D=retired");
            assertThat(server.request(1).target()).isEqualTo("/v1/models?limit=100&lifecycle%5B%5D=a%26b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-5-5, claude-sonnet-5-5",
        "a/../../v1/files, a%2F..%2F..%2Fv1%2Ffiles",
        "a?b=c#d, a%3Fb%3Dc%23d",
        "a b+c%2F, a%20b%2Bc%252F",
        "é, %C3%A9",
        "..a, ..a"
    })
    void aNameIsOneSegmentOfThePath(String name, String segment) {
        try (ScriptedServer server = ScriptedServer.start(reply(json(200, "{\"id\":\"x\"}")));
                ClaudeClient claude = client(server)) {
            assertThat(claude.models().retrieve(name).map(ModelInfo::id).block(LIMIT))
                    .isEqualTo("x");
            assertThat(server.request(0).target()).isEqualTo("/v1/models/" + segment);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void aNameThatIsNoneIsRefused(String name) {
        try (ScriptedServer server = ScriptedServer.start(page(false, "a"));
                ClaudeClient claude = client(server)) {
            assertThatThrownBy(() -> claude.models().retrieve(name)).isInstanceOf(ConfigurationException.class);
            assertThat(server.reqs()).isZero();
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndTheReportSaysWhere() {
        try (ScriptedServer server = ScriptedServer.start(reply(json(404, errorJson("not_found_error", "model: x"))));
                ClaudeClient claude = client(server)) {
            NotFoundException failure =
                    Outcome.of(claude.models().retrieve("x"), LIMIT).error(NotFoundException.class);

            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(failure.report())
                    .contains("endpoint    GET " + server.baseUrl() + "/v1/models/{id}\n")
                    .containsPattern("attempt 1 +x, [0-9.]+ s: NotFoundException");
        }
    }

    @Test
    void aGetThatIsCutIsTriedAgainWhereverItWas() {
        try (ScriptedServer server = ScriptedServer.start(page(true, "a"), reply(rst()), page(false, "b"));
                ClaudeClient claude = client(server)) {
            assertThat(ids(claude.models().list())).containsExactly("a", "b");
        }
    }

    @Test
    void listIsCold() {
        try (ScriptedServer server = ScriptedServer.start(page(true, "a"), page(false, "b"), page(false, "c"));
                ClaudeClient claude = client(server)) {
            Flux<ModelInfo> models = claude.models().list();
            assertThat(ids(models)).containsExactly("a", "b");
            assertThat(ids(models)).containsExactly("c");
        }
    }

    private static Function<Integer, Script> circle(int length) {
        return i -> page(true, "c" + i % length);
    }

    /** At once, where the server would hear of one a moment later. */
    private static long attempts(ClaudeClient claude) {
        return claude.metrics().calls().attempts();
    }

    private static List<String> ids(Flux<ModelInfo> models) {
        return models.map(ModelInfo::id).collectList().blockOptional(LIMIT).orElseThrow();
    }

    private static Script page(boolean hasMore, String... ids) {
        String data = Stream.of(ids).map(id -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(","));
        return reply(json(
                200,
                "{\"data\":[" + data + "],\"has_more\":" + hasMore + ",\"first_id\":\"" + ids[0] + "\",\"last_id\":\""
                        + ids[ids.length - 1] + "\"}"));
    }

    private static ClaudeClient client(ScriptedServer server) {
        return ClaudeClient.builder()
                .apiKey("sk-ant-TESTKEY-0123456789abcdef")
                .baseUrl(server.baseUrl())
                .retry(RetryPolicy.defaults().withBackoff(Duration.ofMillis(10), Duration.ofMillis(20)))
                .build();
    }
}
